/**
 * Word files through mammoth as HTML, so that headings, lists and tables survive. External files and
 * pictures are not touched. Text that Word hides (vanish, white, one point) is found in the XML, because
 * mammoth reads it like any other, and marked.
 */
import mammoth from 'mammoth'
import { BadInputError } from '../../errors.ts'
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
    throw new BadInputError('broken_file', '这个 Word 文件缺少正文,读不出来。请重新另存后再试。')
  }
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) },
    {
      styleMap: STYLES,
      includeEmbeddedStyleMap: false,
      externalFileAccess: false,
      ignoreEmptyParagraphs: true,
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
    },
  )
  const source = readHtml(value === '' ? '<body></body>' : value)
  if (source.text.trim() === '') {
    throw new BadInputError('no_text', '这个 Word 文件里没有文字(可能只有图片)。请上传文字版文件。')
  }
  return { ...source, marked: [...source.marked, ...hiddenRanges(source.text, xml)] }
}

const RUN = /<w:r(?:\s[^>]*)?>(?:(?!<\/w:r>).)*<\/w:r>/gs
const HIDDEN =
  /<w:vanish(?:\s+w:val="(?:1|true|on)")?\s*\/>|<w:color\s+w:val="(?:FFFFFF|ffffff)"|<w:sz\s+w:val="[12]"/
const RUN_TEXT = /<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>/g

/** Where the hidden runs stand in the text, each searched after the one before. */
function hiddenRanges(text: string, xml: string): MarkedRange[] {
  const ranges: MarkedRange[] = []
  let from = 0
  for (const run of hiddenRuns(xml)) {
    const start = text.indexOf(run, from)
    if (start < 0) continue
    from = start + run.length
    ranges.push({ start, end: from, reason: 'hidden-text' })
  }
  return ranges
}

function hiddenRuns(xml: string): string[] {
  if (!HIDDEN.test(xml)) return []
  return [...xml.matchAll(RUN)]
    .filter(([run]) => HIDDEN.test(run))
    .map(([run]) =>
      [...run.matchAll(RUN_TEXT)].map((match) => decodeEntities(match[1] ?? '')).join(''),
    )
    .filter((run) => run.trim() !== '')
}

function decodeEntities(xml: string): string {
  return xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}
