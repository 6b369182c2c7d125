/** Who owns what only one process may hold: the WeChat session. A lease not renewed in time is free. */
export interface LeaseStore {
  /**
   * Takes or renews a lease; of several that try at once one gets it.
   *
   * @returns whether `owner` holds it until `until`.
   */
  hold(
    name: string,
    lease: {
      readonly owner: string
      readonly now: Temporal.Instant
      readonly until: Temporal.Instant
    },
  ): Promise<boolean>
  /** Gives it up; nothing happens when somebody else holds it. */
  release(name: string, owner: string): Promise<void>
}
