import { describe, expect, it } from 'vitest'
import { documentVersion } from '../../test/support/fake-web-services.ts'
import { keepCorrections } from './keep-corrections.ts'

const { jurisdictionCode: _place, issuer: _issuer, ...rest } = documentVersion().metadata
const placeMissing = { code: 'place_missing', message: '没有读到属于哪个地方。' }
const reading = { ...documentVersion(), metadata: rest, warnings: [placeMissing] }
const previous = {
  ...rest,
  jurisdictionCode: '620800',
  issuer: '平凉市总工会',
  readableBy: 'cadres',
} as const

describe('keepCorrections', () => {
  it('keeps what the new text does not say, and says so instead of asking for it', () => {
    const { metadata, warnings } = keepCorrections(reading, previous)

    expect(metadata).toMatchObject({
      jurisdictionCode: '620800',
      issuer: '平凉市总工会',
      readableBy: 'cadres',
    })
    expect(warnings).toEqual([
      {
        code: 'kept_from_previous',
        message: '文中没有写的，沿用了上一版：地区、发文机关、谁能看。请核对。',
      },
    ])
  })

  it('leaves what the new text says, and opens to more readers only by its own word', () => {
    const own = { ...reading, metadata: { ...rest, jurisdictionCode: '610000' }, saysReaders: true }
    const { metadata } = keepCorrections(own, previous)
    expect(metadata).toMatchObject({ jurisdictionCode: '610000', readableBy: 'all' })

    const narrow = { ...reading, metadata: { ...rest, readableBy: 'admins' as const } }
    expect(keepCorrections(narrow, previous).metadata.readableBy).toBe('admins')
  })

  it('puts no other place where an admin wrote one that nobody knows', () => {
    const unknown = { ...reading, warnings: [{ code: 'place_unknown', message: '火星' }] }

    expect(keepCorrections(unknown, previous).metadata.jurisdictionCode).toBeUndefined()
  })

  it('changes nothing where there is nothing to keep', () => {
    expect(keepCorrections(reading, rest)).toBe(reading)
  })
})
