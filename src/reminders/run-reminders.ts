/**
 * The way of a deadline as it runs in the bot: every hour the planner and the series, every second the
 * dispatcher and the sender. Any number of replicas may run it on one database.
 */
import type { Channel } from '../channels/channel.ts'
import type { Clock } from '../clock.ts'
import type { ReminderPolicy } from '../domain/reminder.ts'
import type { Store } from '../storage/store.ts'
import { continueSeries } from '../tasks/continue-series.ts'
import type { DateContext } from '../text/dates/expression.ts'
import type { WorkCalendar } from '../text/working-days.ts'
import { startWorkLoop, type WorkLoop } from '../work-loop.ts'
import { dispatchDue } from './dispatch-due.ts'
import { scheduleAll, scheduleTask } from './schedule-reminders.ts'
import { type SendDependencies, sendDue, sendingHere } from './send-due.ts'

export interface ReminderDependencies extends SendDependencies {
  readonly store: Store
  readonly clock: Clock
  readonly policy: ReminderPolicy
  readonly calendar: WorkCalendar
  readonly channels: ReadonlyMap<string, Channel>
  /** A loop's step failed; `step` names it. */
  readonly onError: (step: string, error: unknown) => void
}

/** The horizon is weeks away: hourly is soon enough, and after downtime the first round is at once. */
const PLAN_EVERY_HOURS = 1

/** Starts planner, dispatcher and sender; `wake` when something was put into the outbox. */
export function startReminders(dependencies: ReminderDependencies): WorkLoop {
  const { store, clock, channels, onError } = dependencies
  const initiating = [...channels.values()].filter(({ capabilities }) => capabilities.initiates)
  const planning = { ...dependencies, channels: initiating.map(({ name }) => name) }
  let nextPlanAt = clock.now()
  // After downtime, and after the machine slept, the plan comes first: of the rungs that were missed
  // altogether the last one speaks for the earlier ones. A planner that fails holds nothing back.
  let dispatchUntil = clock.now()

  const dispatchPlanned = async () => {
    const isPlanned = Temporal.Instant.compare(clock.now(), dispatchUntil) < 0
    return isPlanned && dispatchDue(planning)
  }
  const dispatcher = startWorkLoop(dispatchPlanned, {
    clock,
    nextDueAt: () => store.reminders.nextDueAt(),
    onError: (error) => onError('dispatch', error),
  })
  const planner = startWorkLoop(
    async () => {
      if (Temporal.Instant.compare(clock.now(), nextPlanAt) < 0) return false
      try {
        await planOnce(planning)
      } finally {
        dispatchUntil = clock.now().add({ hours: 2 * PLAN_EVERY_HOURS })
        dispatcher.wake()
      }
      nextPlanAt = clock.now().add({ hours: PLAN_EVERY_HOURS })
      return false
    },
    { clock, nextDueAt: async () => nextPlanAt, onError: (error) => onError('plan', error) },
  )
  const sender = startWorkLoop((signal) => sendDue(dependencies, signal), {
    clock,
    nextDueAt: () => store.outbox.nextDueAt(sendingHere(channels)),
    onError: (error) => onError('send', error),
  })
  return {
    wake: () => {
      dispatcher.wake()
      sender.wake()
    },
    stop: async () => {
      await Promise.all([planner.stop(), dispatcher.stop(), sender.stop()])
    },
  }
}

async function planOnce(
  dependencies: Omit<ReminderDependencies, 'channels'> & { readonly channels: readonly string[] },
): Promise<void> {
  const { store, clock, policy, calendar } = dependencies
  const zoned = clock.now().toZonedDateTimeISO(policy.timeZone)
  const context: DateContext = { ref: zoned.toPlainDateTime(), calendar }
  await continueSeries({
    store,
    now: clock.now(),
    context,
    onScheduleChanged: (task, inside) => scheduleTask(task, inside, dependencies),
  })
  await scheduleAll(dependencies)
}
