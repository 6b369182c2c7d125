/**
 * Short names of counties that are words of everyday Chinese (互助, 会同, 资源), or that so many streets
 * and quarters bear (和平, 新城) that alone they name no place. Taken from jieba's dictionary: short
 * names of data/divisions.json that it lists as other than place names and as frequent; and some more.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    '路南 复兴 大名 双桥 运河 大厂 小店 平定 上党 长子 方山 孝义 回民 新民 振兴 ' +
    '宏伟 灯塔 建平 二道 丰满 平房 富裕 工农 大同 友好 前进 东风 新兴 爱民 鼓楼 ' +
    '文成 开化 三门 无为 大观 定远 湖里 三元 清流 金门 平和 光泽 莲花 月湖 永新 ' +
    '上高 万年 龙口 二七 老城 文峰 解放 台前 方城 新野 民权 江岸 五峰 当阳 保康 ' +
    '公安 芙蓉 天心 天元 洞口 桃源 石门 宁远 中方 会同 通道 光明 新会 紫金 清新 ' +
    '城中 全州 资源 港口 兴业 海棠 天涯 东方 南岸 安居 南部 前锋 名山 石棉 黑水 ' +
    '水城 大方 天柱 富民 麒麟 比如 金台 太白 延长 清水 民乐 高台 安定 合作 城北 ' +
    '平安 互助 同心 和平 新华 朝阳 长安 青山 东山 西山 南山 宝山 白云 中山 永和 ' +
    '和顺 大安 永安 太平 海港 市中 市北 市南 城关 城东 城西 城南 城区 郊区 矿区 ' +
    '新城 新区 东区 西区 南区 北区 河东 河西 江北 江东 桥东 桥西 路北 建华 建安 ' +
    '建设 华安 红星 红旗 向阳 先锋 惠民 惠农 利民 裕民 新建 新星 新新 集美 同德 ' +
    '同仁 政和 泰和 和政 和静 青年 广场 安康 来宾 共和 新乡 中心 海丰 西湖 南湖 ' +
    '东湖 凤凰 东宝 高新 万安 永福 万源 文化 双清 新丰 新田 雨花 岳塘 大英 龙华 ' +
    '兴安 北安 南安 西安区 东安 铁西 铁东 站前 金水 海城 盐田 田家 山亭 山城 江城 ' +
    '江口 河口 滨海 滨湖 丰收 长寿 永川 石柱 黄河 长江 武功 三原 丹江 金山 五华 ' +
    '七星 象山 叠彩 银海 港北 港南 德保 平果 灵山 钟山 昭平 环江 大化 合山 武宣 ' +
    '乐业 和县'
  ).split(' '),
)
