/** Word 97 and WPS texts through word-extractor: body, then footnotes and text boxes. Tables arrive as tab rows. */
import WordExtractor from 'word-extractor'
import { BadInputError } from '../../errors.ts'
import { plainSource, type SourceText } from './source-text.ts'

export async function readDoc(bytes: Uint8Array): Promise<SourceText> {
  const document = await new WordExtractor().extract(Buffer.from(bytes))
  const parts = [document.getBody(), document.getTextboxes(), document.getFootnotes()]
  const text = parts
    .map((part) =>
      part
        .replaceAll('\t', ' | ')
        .replace(/(?: \| )+(?=\n|$)/g, '')
        .trim(),
    )
    .filter((part) => part !== '')
    .join('\n')
  if (text === '')
    throw new BadInputError('no_text', '这个文件里没有文字（可能只有图片）。请上传文字版文件。')
  return plainSource(text)
}
