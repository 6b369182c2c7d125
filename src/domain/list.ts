import type { Span } from './span.ts'

/**
 * An enumeration of the text: 「八件实事」 with eight items, 「六抓六突破」 with six.
 * First-class at intake, because half the value of a plan is there.
 */
export interface ListOfItems {
  /** Name as the text introduces it, without quotes: 八件好事实事. Empty when the text gives none. */
  readonly title: string
  /** Other names of the same list in the same document: 八件实事. */
  readonly aliases: readonly string[]
  /** The number that the title promises (八 → 8); undefined when it promises none. */
  readonly declaredCount?: number
  /** From the introduction to the end of the last item. */
  readonly span: Span
  readonly items: readonly ListItem[]
}

export interface ListItem {
  /** As the text counts: 1, 2, 3 … */
  readonly ordinal: number
  /** From the enumerator to the item's end: 「七是爱心助学3000名」. */
  readonly span: Span
  /** Without the enumerator: 「爱心助学3000名」. */
  readonly text: string
}
