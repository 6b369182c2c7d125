import { expect, it } from 'vitest'
import { documentVersion } from '../../test/support/fake-web-services.ts'
import { spanInOriginal } from './map-span.ts'

const { text, originalText, offsets } = documentVersion()

it('finds where a quotation stands in the original, with what was cut inside it', () => {
  const quote = '劳动者驿站40个'
  const start = text.indexOf(quote)
  const span = spanInOriginal({ start, end: start + quote.length }, offsets)

  expect(originalText.slice(span.start, span.end)).toBe('劳动者驿(yì)站40个')
})

it('ends before what was cut right behind the quotation', () => {
  const quote = '户外劳动者驿'
  const start = text.indexOf(quote)
  const span = spanInOriginal({ start, end: start + quote.length }, offsets)

  expect(originalText.slice(span.start, span.end)).toBe(quote)
})

it('gives an empty range for an empty one', () => {
  const span = spanInOriginal({ start: 3, end: 3 }, offsets)

  expect(span.end - span.start).toBe(0)
})
