/** What a channel is called in the console. */
const NAMES: Readonly<Record<string, string>> = {
  web: '网页',
  feishu: '飞书',
  wechat: '微信',
  terminal: '终端',
}

export function channelName(channel: string): string {
  return NAMES[channel] ?? channel
}
