/** Measure words that people swap without meaning anything else: 8500人 of 10000名, 12家 of 30个. */
const ALIKE: readonly (readonly string[])[] = [
  ['名', '人', '位'],
  ['场', '场次'],
  ['个', '家', '所', '座', '间', '处'],
]

/** Whether a figure in `said` can be reported on a target counted in `counted`. */
export function isSameUnit(said: string, counted: string): boolean {
  if (said === counted) return true
  // 30个站点 is counted in 个.
  if (said.startsWith(counted) && said.length > counted.length) return !said.startsWith('场次')
  return ALIKE.some((units) => units.includes(said) && units.includes(counted))
}
