/** Long work in pieces: between them messages are taken in and answered. */

/** A piece of work runs this long at most before the event loop turns. */
const LONGEST_PIECE_MS = 15

/** To be called between pieces: lets the event loop turn when the work since the last turn took long enough. */
export function createBreather(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < LONGEST_PIECE_MS) return
    await new Promise((resolve) => setImmediate(resolve))
    since = performance.now()
  }
}
