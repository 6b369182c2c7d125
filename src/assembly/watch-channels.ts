/**
 * Watches the channels that run: shows each new code to scan once, and raises the alarm once when a
 * channel has been down for two minutes. What comes back sooner is nobody's concern.
 */
import type { Clock } from '../clock.ts'
import type { HealthCheck } from '../domain/health.ts'

export interface WatchedChannel {
  readonly name: string
  check(): HealthCheck
  qrText?(): string | undefined
}

export interface WatchTools {
  readonly clock: Clock
  /** Puts a code to scan before the operator's eyes. Never the log: whoever scans it is the bot. */
  readonly show: (label: string, qrText: string) => Promise<void>
  /** Called once an outage. `since` is when it began. */
  readonly alarm: (
    channel: WatchedChannel,
    since: Temporal.Instant,
    check: HealthCheck,
  ) => Promise<void>
  readonly onError: (error: unknown) => void
}

export interface ChannelWatch {
  stop(): Promise<void>
}

const ALARM_AFTER = { minutes: 2 }
const LOOK_EVERY = { seconds: 2 }

export function watchChannels(
  channels: readonly WatchedChannel[],
  tools: WatchTools,
): ChannelWatch {
  const { clock, onError } = tools
  const stopping = new AbortController()
  const looks = channels.map((channel) => watchOne(channel, tools))
  const run = async () => {
    while (!stopping.signal.aborted) {
      for (const look of looks) await look().catch(onError)
      await clock.sleepUntil(clock.now().add(LOOK_EVERY), stopping.signal)
    }
  }
  const running = run()
  return {
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

function watchOne(channel: WatchedChannel, { clock, show, alarm }: WatchTools) {
  let shown: string | undefined
  let downSince: Temporal.Instant | undefined
  let isTold = false
  return async () => {
    const check = channel.check()
    const qrText = channel.qrText?.()
    const now = clock.now()
    const isDown = check.status === 'down'
    downSince = isDown ? (downSince ?? now) : undefined
    isTold = isDown && isTold
    if (qrText !== undefined && qrText !== shown) {
      shown = qrText
      await show(check.name, qrText)
    }
    if (downSince === undefined || isTold) return
    if (Temporal.Instant.compare(now, downSince.add(ALARM_AFTER)) < 0) return
    isTold = true
    await alarm(channel, downSince, check)
  }
}
