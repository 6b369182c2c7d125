/**
 * The words of a Feishu message. Mentions stand in it as keys (`@_user_1`); the bot's own is taken
 * out, everybody else's becomes a name, so that 「@娘家人 张三的补助发了吗」 keeps its 张三.
 */
import { z } from 'zod'

/** Longer than any question; the rest of a pasted novel is cut (the conversation says so). */
const LONGEST = 20_000

export const mentionShape = z.object({
  key: z.string(),
  id: z.object({ open_id: z.string().nullish(), user_id: z.string().nullish() }).nullish(),
  name: z.string().default(''),
  mentioned_type: z.string().nullish(),
})
export type Mention = z.infer<typeof mentionShape>

const textShape = z.object({ text: z.string() })
const runShape = z.object({
  tag: z.string(),
  text: z.string().nullish(),
  href: z.string().nullish(),
  user_id: z.string().nullish(),
  user_name: z.string().nullish(),
})
const paragraphsShape = z.object({
  title: z.string().nullish(),
  content: z.array(z.array(runShape)),
})
/** What is sent has a language around it, what is received has not; both occur in the wild. */
const postShape = z.union([
  paragraphsShape,
  z.record(z.string(), paragraphsShape).transform((byLanguage) => Object.values(byLanguage)[0]),
])

/** How a link reads: with the words it was given, or alone, to see whether there is anything beside it. */
export type LinkStyle = 'named' | 'bare'

/** undefined when the content is not what its type says. */
export function readText(
  type: 'text' | 'post',
  content: unknown,
  mentions: readonly Mention[],
  isBot: (mention: Mention) => boolean,
  links: LinkStyle = 'named',
): string | undefined {
  const raw = type === 'text' ? textShape.safeParse(content).data?.text : readPost(content, links)
  if (raw === undefined) return undefined
  return withNames(raw, mentions, isBot).slice(0, LONGEST)
}

function readPost(content: unknown, links: LinkStyle): string | undefined {
  const post = postShape.safeParse(content).data
  if (post === undefined) return undefined
  const lines = post.content.map((runs) => runs.map((run) => readRun(run, links)).join(''))
  return [post.title ?? '', ...lines].filter((line) => line !== '').join('\n')
}

function readRun(run: z.infer<typeof runShape>, links: LinkStyle): string {
  if (run.tag === 'at') return ` ${run.user_id ?? ''} `
  if (run.tag !== 'a' || !run.href || run.href === run.text) return run.text ?? ''
  return links === 'bare' ? ` ${run.href} ` : `${run.text ?? ''} ${run.href} `
}

function withNames(
  text: string,
  mentions: readonly Mention[],
  isBot: (mention: Mention) => boolean,
): string {
  const byKey = new Map(mentions.map((mention) => [mention.key, mention]))
  return text
    .replace(/@_user_\d+|@_all/g, (key) => {
      const mention = byKey.get(key)
      if (key === '@_all' || mention === undefined) return ' '
      return isBot(mention) ? ' ' : mention.name
    })
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim()
}
