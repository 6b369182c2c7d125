/** A reminder world in which people also write to the bot: what they say runs through the real inbox. */
import { processNext, receiveMessage } from '../../src/conversation/process-inbox.ts'
import { runCommand } from '../../src/conversation/run-command.ts'
import type { Block, InboundContent, OutboundMessage } from '../../src/domain/message.ts'
import { scheduleTask } from '../../src/reminders/schedule-reminders.ts'
import type { Store } from '../../src/storage/store.ts'
import { createReminderWorld, type ReminderWorld } from './reminder-world.ts'

export interface CommandWorld extends ReminderWorld {
  /** Somebody says something, in a private chat unless a group is named; resolves to the reply's words. */
  say(person: string, text: string, group?: string): Promise<string>
  /** Somebody presses a button of the last message they were shown, by its label. */
  press(person: string, label: string): Promise<string>
  /** Somebody fills in the form under the button that was pressed last, and submits it. */
  fill(person: string, values: Readonly<Record<string, string>>): Promise<string>
  /** What the card that was pressed last looks like now, in words. */
  card(person: string): string
}

/** What questions get here: commands are what these tests are about. */
export const ANSWERED = '(由资料库回答）'

export async function createCommandWorld(store: Store, start: string): Promise<CommandWorld> {
  const world = await createReminderWorld(store, start)
  const { clock, channel } = world
  let ids = 0
  const zoned = () => clock.now().toZonedDateTimeISO('Asia/Shanghai')
  const tools = {
    now: () => clock.now(),
    today: () => zoned().toPlainDate(),
    timeZone: 'Asia/Shanghai',
    dateContext: () => ({ ref: zoned().toPlainDateTime(), calendar: world.calendar }),
    newId: () => `id-${++ids}`,
    onScheduleChanged: (task: Parameters<typeof scheduleTask>[0], inside: Store) =>
      scheduleTask(task, inside, { clock, policy: world.policy, calendar: world.calendar }),
  }
  const inbox = {
    store,
    clock,
    runCommand: (message: Parameters<typeof receiveMessage>[0], inside: Store) =>
      runCommand(message, inside, tools),
    handleMessage: async (): Promise<OutboundMessage> => ({
      blocks: [{ kind: 'paragraph', text: ANSWERED }],
    }),
    onFailure: ({ error }: { readonly error: unknown }) => {
      throw error
    },
  }
  await channel.start((message) => receiveMessage(message, { store, clock }))
  const arrive = async (from: string, content: InboundContent, group?: string) => {
    const at = group ?? from
    const before = channel.shown(at).length
    await channel.arrive({ from, content, ...(group !== undefined && { group }) })
    while (await processNext(inbox));
    await world.settle()
    return channel.shown(at).slice(before).map(wordsOf).join('\n')
  }

  const cardOf = (person: string) =>
    channel.shown(person).findLast(({ card }) => card !== undefined)?.card ?? []

  return {
    ...world,
    card: (person) => wordsOf({ blocks: cardOf(person) }),
    fill: (person, values) => {
      const submit = cardOf(person).flatMap(submitOf)[0]
      if (!submit) throw new Error(`Nobody showed ${person} a form.`)
      const { name } = submit
      return arrive(person, { kind: 'action', name, values: { ...submit.values, ...values } })
    },
    say: (person, text, group) => arrive(person, { kind: 'text', text }, group),
    press: (person, label) => {
      const actions = channel
        .shown(person)
        .flatMap(({ blocks }) => blocks)
        .flatMap((block) => (block.kind === 'actions' ? block.actions : []))
      const action = actions.findLast((each) => each.label === label)
      if (!action) throw new Error(`Nobody showed ${person} a button 「${label}」.`)
      return arrive(person, { kind: 'action', name: action.name, values: action.values })
    },
  }
}

const submitOf = (block: Block) => (block.kind === 'form' ? [block.submit] : [])

export function wordsOf({ blocks }: OutboundMessage): string {
  return blocks
    .map((block) => {
      if (block.kind === 'rows')
        return block.rows.map((row) => `${row.label} ${row.value}`).join('\n')
      return 'text' in block ? block.text : ''
    })
    .filter(Boolean)
    .join('\n')
}
