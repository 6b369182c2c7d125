/** The ledger, the people and the deliveries as the console works with them. */
import type { App } from '../app.ts'
import type { DeliveryService, PeopleService, TaskService } from '../console/console-services.ts'
import { DEFAULT_REMINDER_POLICY } from '../domain/reminder.ts'
import { BadInputError } from '../errors.ts'
import { scheduleTask } from '../reminders/schedule-reminders.ts'
import type { Store } from '../storage/store.ts'
import { sayStanding } from '../tasks/describe-task.ts'
import { recordChange } from '../tasks/record-change.ts'
import { standingOf } from '../tasks/standing.ts'
import { createReadMarks } from './read-marks.ts'

/** What changed a task from here, for its history. */
const BASIS = '管理页面'

type TaskApp = Pick<App, 'store' | 'cache' | 'clock' | 'today' | 'calendar'> & {
  readonly config: Pick<App['config'], 'TIME_ZONE'>
}

export function consoleTasks(app: TaskApp): TaskService {
  const { store, clock, config, calendar } = app
  const marks = createReadMarks(app.cache.keyv('read'))
  const rules = {
    clock,
    policy: { ...DEFAULT_REMINDER_POLICY, timeZone: config.TIME_ZONE },
    calendar,
  }
  const ledger = {
    store,
    onScheduleChanged: (task: Parameters<typeof scheduleTask>[0], inside: Store) =>
      scheduleTask(task, inside, rules),
  }
  return {
    find: (filter) => store.tasks.find(filter),
    task: (id) => store.tasks.byId(id),
    events: (taskId) => store.tasks.events(taskId),
    reminders: (taskId) => store.reminders.ofTask(taskId),
    readAt: (deliveryId) => marks.readAt(deliveryId),
    standing: (task) => {
      const { colour } = standingOf(task, app.today())
      return { text: sayStanding(task, app.today()), ...(colour && { colour }) }
    },
    change: async (taskId, change, actor) => {
      const context = { actor, at: clock.now(), today: app.today(), basis: BASIS }
      const result = await recordChange(taskId, change, context, ledger)
      if (result.kind === 'refused') throw new BadInputError(result.code, result.text)
    },
  }
}

/** Every change of the list is in the audit log, by ids only. */
export function consolePeople({ store, clock }: Pick<App, 'store' | 'clock'>): PeopleService {
  const record = (inside: Store, action: string, id: string, actor: string) =>
    inside.audit.record({ at: clock.now(), actor, action, subject: `person:${id}`, details: {} })
  return {
    all: () => store.people.all(),
    save: (person, actor) =>
      store.transaction(async (inside) => {
        await inside.people.save(person)
        await record(inside, 'person_saved', person.id, actor)
      }),
    remove: (personId, actor) =>
      store.transaction(async (inside) => {
        if (await inside.people.remove(personId)) {
          await record(inside, 'person_removed', personId, actor)
        }
      }),
  }
}

export function consoleDeliveries({ store, clock }: Pick<App, 'store' | 'clock'>): DeliveryService {
  return {
    list: (filter) => store.outbox.list(filter),
    revive: (id, actor) =>
      store.transaction(async (inside) => {
        const revived = await inside.outbox.revive(id, clock.now())
        const subject = `delivery:${id}`
        const entry = { at: clock.now(), actor, action: 'delivery_revived', subject, details: {} }
        if (revived) await inside.audit.record(entry)
        return revived
      }),
  }
}
