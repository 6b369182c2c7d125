/** Words of a question that ask where something was held, not where something is. */
export const ASKS_EVENT =
  /举行|召开|举办|开幕|启动|揭牌|办的|开的|比赛|决赛|初赛|仪式|论坛|大会|会议|活动|培训班/
