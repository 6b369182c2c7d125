/**
 * Word files through mammoth as HTML, so that headings, lists and tables survive. External files and
 * pictures are not touched. What mammoth does not tell is written into the XML before: numbers that
 * Word makes by itself, and marks around text that it hides (vanish, white, one point).
 */
import mammoth from 'mammoth'
import type { ReadingWarning } from '../../domain/document.ts'
import { BadInputError } from '../../errors.ts'
import { writeNumbers } from './docx-numbering.ts'
import { readHtml } from './read-html.ts'
import type { MarkedRange, SourceText } from './source-text.ts'
import { unzip, xmlPart } from './unzip.ts'

/** Chinese Word names its styles in Chinese; 标题 1 has the id 1 or 2 and the name heading 1. */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='标题'] => h1:fresh",
  "p[style-name='Subtitle'] => h2:fresh",
]
const MAIN_PART = 'word/document.xml'

export async function readDocx(bytes: Uint8Array): Promise<SourceText> {
  const parts = await unzip(bytes)
  const xml = xmlPart(parts, MAIN_PART)
  if (xml === undefined) {
    throw new BadInputError('broken_file', '这个 Word 文件缺少正文，读不出来。请重新另存后再试。')
  }
  const numbered = writeNumbers(
    xml.replace(MARKS, ''),
    xmlPart(parts, 'word/numbering.xml'),
    xmlPart(parts, 'word/styles.xml'),
  )
  const { value } = await mammoth.convertToHtml(fileOf(parts, markHidden(numbered)), {
    styleMap: STYLES,
    includeEmbeddedStyleMap: false,
    externalFileAccess: false,
    ignoreEmptyParagraphs: true,
    convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
  })
  const source = readHtml(value === '' ? '<body></body>' : withNotes(value))
  if (source.text.replace(MARKS, '').trim() === '') {
    throw new BadInputError(
      'no_text',
      '这个 Word 文件里没有文字（可能只有图片）。请上传文字版文件。',
    )
  }
  return { ...takeMarks(source), warnings: revisionWarnings(xml) }
}

/**
 * mammoth reads from whatever answers like its own zip file (its `file` option, which its types leave
 * out): so it sees what was inflated within our limits, and the main part with its numbers written.
 */
function fileOf(parts: ReadonlyMap<string, Uint8Array>, main: string): { buffer: Buffer } {
  const partOf = (name: string) => (name === MAIN_PART ? Buffer.from(main) : parts.get(name))
  const file = {
    exists: (name: string) => name !== 'word/numbering.xml' && parts.has(name),
    read: async (name: string, encoding?: string) => {
      const part = partOf(name)
      if (part === undefined) throw new RangeError(`no part ${name}`)
      if (encoding === 'base64') return Buffer.from(part).toString('base64')
      return encoding === undefined ? part : new TextDecoder(encoding).decode(part)
    },
  }
  return { file } as unknown as { buffer: Buffer }
}

/** Characters of no text, which stand around hidden runs while the file is converted. */
const [OPEN, CLOSE] = ['\ue0a0', '\ue0a1'] as const
const MARKS = /[\ue0a0\ue0a1]/g

const RUN = /<w:r(?:\s[^>]*)?>(?:(?!<\/w:r>).)*<\/w:r>/gs
const HIDDEN = /<w:vanish(?:\s+w:val="(?:1|true|on)")?\s*\/>|<w:sz\s+w:val="[12]"/
const WHITE = /<w:color\s+(?:[^>]*\s)?w:val="(?:FFFFFF|ffffff)"/
/** A ground that white letters are read on. */
const DARK = /<w:shd\s(?=[^>]*w:fill="(?!auto|FFFFFF|ffffff)[0-9A-Fa-f]{6}")|<w:highlight\s/
const RUN_TEXT = /(<w:t(?:\s[^>]*)?>)([^<]*)(<\/w:t>)/g

function markHidden(xml: string): string {
  if (!HIDDEN.test(xml) && !WHITE.test(xml)) return xml
  return xml.replace(RUN, (run, offset: number) => {
    const isWhite = WHITE.test(run) && !DARK.test(run) && !standsOnDark(xml, offset)
    if (!isWhite && !HIDDEN.test(run)) return run
    return run.replace(RUN_TEXT, `$1${OPEN}$2${CLOSE}$3`)
  })
}

/** How far back the properties of a run's cell and paragraph are looked for. UTF-16 units. */
const NEAR = 4000

/** White letters in a shaded cell or paragraph are a table's head, not a secret. */
function standsOnDark(xml: string, offset: number): boolean {
  const before = xml.slice(Math.max(0, offset - NEAR), offset)
  const inCell = before.lastIndexOf('<w:tc>') > before.lastIndexOf('</w:tc>')
  const from = inCell ? before.lastIndexOf('<w:tc>') : before.lastIndexOf('<w:p>')
  return from >= 0 && DARK.test(before.slice(from))
}

/** The text without the marks, and where they stood. */
function takeMarks(source: SourceText): SourceText {
  const shifts: number[] = []
  const hidden: MarkedRange[] = []
  let text = ''
  let from = 0
  for (const { index, 0: mark } of source.text.matchAll(MARKS)) {
    text += source.text.slice(from, index)
    from = index + 1
    shifts.push(index)
    if (mark === OPEN) hidden.push({ start: text.length, end: text.length, reason: 'hidden-text' })
    else hidden.push({ ...(hidden.pop() ?? NOWHERE), end: text.length })
  }
  if (shifts.length === 0) return source
  const moved = (at: number) => at - shifts.filter((shift) => shift < at).length
  const marked = source.marked.map(({ start, end, reason }) => ({
    start: moved(start),
    end: moved(end),
    reason,
  }))
  return {
    ...source,
    text: text + source.text.slice(from),
    marked: [...marked, ...hidden.filter(({ start, end }) => end > start)],
  }
}

const NOWHERE: MarkedRange = { start: 0, end: 0, reason: 'hidden-text' }

const NOTE_SIGN = /<sup><a href="#(?:footnote|endnote)-[^"]*"[^>]*>\[(\d{1,4})\]<\/a><\/sup>/g
const NOTES = /<ol>((?:<li id="(?:footnote|endnote)-[^"]*">(?:(?!<\/li>).)*<\/li>)+)<\/ol>\s*$/s
const BACK_TO_TEXT = /\s*<a href="#(?:footnote|endnote)-ref-[^"]*">[^<]*<\/a>/g

/** Footnotes as lines 「注1：…」 under the text, their signs as 〔注1〕 in it. */
function withNotes(html: string): string {
  const signed = html.replace(NOTE_SIGN, '〔注$1〕')
  return signed.replace(NOTES, (_, items: string) =>
    [...items.matchAll(/<li[^>]*>(.*?)<\/li>/gs)]
      .map(([, note = ''], index) => `<div>注${index + 1}：${inLine(note)}</div>`)
      .join(''),
  )
}

function inLine(note: string): string {
  return note
    .replace(BACK_TO_TEXT, '')
    .replace(/<\/?p>/g, ' ')
    .trim()
}

/** Changes that nobody accepted yet: mammoth reads the text as if they were. */
function revisionWarnings(xml: string): ReadingWarning[] {
  const count = xml.match(/<w:(?:ins|del|moveFrom|moveTo)\s/g)?.length ?? 0
  if (count === 0) return []
  return [
    {
      code: 'tracked_changes',
      message: `文件里有 ${count} 处修订还没有接受或拒绝，是按全部接受来读的。请核对是不是定稿。`,
    },
  ]
}
