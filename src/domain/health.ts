/** How the parts of the program are, for the operator, the health address and the console. */
export interface HealthCheck {
  /** 数据库, 检索, 大模型, 飞书: as an operator calls it. */
  readonly name: string
  readonly status: 'ok' | 'degraded' | 'down'
  /** Plain Chinese: how it is, and what to do when it is not well. */
  readonly detail?: string
}

/** `ready`: questions are answered. Checks that are degraded do not take readiness away. */
export interface HealthReport {
  readonly ready: boolean
  readonly checks: readonly HealthCheck[]
}
