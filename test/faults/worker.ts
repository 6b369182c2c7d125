/**
 * One replica of the bot as far as messages and reminders go: inbox, planner, dispatcher and sender on a
 * real database, until it is killed. Its plan comes as JSON in the first argument.
 */
import { type Channel, DeliveryError } from '../../src/channels/channel.ts'
import { startInbox } from '../../src/conversation/process-inbox.ts'
import { DEFAULT_REMINDER_POLICY } from '../../src/domain/reminder.ts'
import { startReminders } from '../../src/reminders/run-reminders.ts'
import { openStore, type StoreOptions } from '../../src/storage/sql/open-store.ts'
import { workCalendar } from '../../src/text/working-days.ts'
import { type ClockOrigin, createScaledClock } from '../support/scaled-clock.ts'

export interface WorkerPlan {
  readonly store: StoreOptions
  readonly clock: ClockOrigin
  readonly wireUrl: string
  /** The worker kills itself at the n-th time it passes this boundary. */
  readonly killAt?: { readonly name: string; readonly time: number }
}

const plan = JSON.parse(process.argv[2] ?? '{}') as WorkerPlan
const clock = createScaledClock(plan.clock)
const store = await openStore(plan.store)
let passed = 0
const failpoint = (name: string) => {
  if (name !== plan.killAt?.name) return
  passed += 1
  if (passed === plan.killAt.time) process.kill(process.pid, 'SIGKILL')
}
const channels = new Map(
  [wireChannel('plain', false), wireChannel('dedup', true)].map((each) => [each.name, each]),
)
const common = { store, clock, failpoint }
const onError = (step: string, error: unknown) => console.error(step, error)

const reminders = startReminders({
  ...common,
  channels,
  policy: DEFAULT_REMINDER_POLICY,
  calendar: workCalendar([]),
  random: Math.random,
  onError,
})
startInbox({
  ...common,
  runCommand: async () => undefined,
  handleMessage: async ({ id }) => ({ blocks: [{ kind: 'paragraph', text: id }] }),
  onFailure: ({ error }) => onError('inbox', error),
  onReply: () => reminders.wake(),
})
process.send?.('ready')

function wireChannel(name: string, idempotent: boolean): Channel {
  return {
    name,
    capabilities: { initiates: true, idempotent, edits: false, maxTextLength: 4000 },
    start: async () => {},
    send: async (to, _message, { deliveryId, signal }) => {
      const url = `${plan.wireUrl}/${name}/${deliveryId}/${to.conversationId}`
      try {
        await (await fetch(url, { method: 'POST', signal })).text()
      } catch (cause) {
        throw new DeliveryError('wire_fault', '平台没有回应。', {
          retryable: true,
          outcomeUnknown: true,
          cause,
        })
      }
    },
    stop: async () => {},
  }
}
