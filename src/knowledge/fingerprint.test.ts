import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprintOf, similarityOf } from './fingerprint.ts'

const chinese = fc
  .array(fc.integer({ min: 0x4e00, max: 0x9fa5 }), { minLength: 60, maxLength: 300 })
  .map((points) => String.fromCodePoint(...points))

describe('fingerprintOf', () => {
  it('is the same for the same wording in another lay-out', () => {
    const text = '各级工会要在年底前新建职工书屋20个,送清凉活动覆盖全部户外劳动者。'
    const laidOut = '各级工会 要在年底前\n新建职工书屋20个，送清凉活动\n\n覆盖全部户外劳动者.'

    expect(fingerprintOf(laidOut)).toEqual(fingerprintOf(text))
    expect(similarityOf(laidOut, text)).toBe(1)
  })

  it('has nothing for a text without letters and digits', () => {
    expect(fingerprintOf(' ,。!\n')).toEqual([])
    expect(similarityOf('。', '!')).toBe(1)
    expect(similarityOf('。', '工会')).toBe(0)
  })

  it('keeps samples in common when one character changes', () => {
    fc.assert(
      fc.property(chinese, fc.nat(), (text, position) => {
        const at = position % text.length
        const changed = `${text.slice(0, at)}职${text.slice(at + 1)}`
        const samples = new Set(fingerprintOf(text))
        expect(
          fingerprintOf(changed).filter((sample) => samples.has(sample)).length,
        ).toBeGreaterThan(8)
        expect(similarityOf(text, changed)).toBeGreaterThan(0.8)
      }),
    )
  })
})

describe('similarityOf', () => {
  it('is symmetric, 1 for a text and itself, and near 0 for unrelated texts', () => {
    fc.assert(
      fc.property(chinese, chinese, (a, b) => {
        expect(similarityOf(a, b)).toBe(similarityOf(b, a))
        expect(similarityOf(a, a)).toBe(1)
        if (a !== b) expect(similarityOf(a, b)).toBeLessThan(0.5)
      }),
    )
  })
})
