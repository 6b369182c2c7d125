/** The part of word-extractor that is used; the package has no types of its own. */
declare module 'word-extractor' {
  interface ExtractedDocument {
    getBody(): string
    getFootnotes(): string
    getTextboxes(): string
  }
  class WordExtractor {
    extract(source: Buffer): Promise<ExtractedDocument>
  }
  export = WordExtractor
}
