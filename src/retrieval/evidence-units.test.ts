import { describe, expect, it } from 'vitest'
import { documentOf } from '../../test/support/indexed-documents.ts'
import { createUnitReader } from './evidence-units.ts'
import { keep } from './read-indexable.ts'

describe('the reader of units', () => {
  const document = (id: string) => keep(documentOf(id, '标题', `第${id}份文件的一句话。`))

  it('reads a document once while it is asked about', () => {
    const reader = createUnitReader()
    const one = document('a')
    expect(reader.units(one)).toBe(reader.units(one))
  })

  it('forgets what was not asked about for longest, so that memory stays as it is', () => {
    const [a, b, c] = [document('a'), document('b'), document('c')] as const
    const reader = createUnitReader(a.text.length * 2)
    const [ofA, ofB] = [reader.units(a), reader.units(b)]
    reader.units(a)
    reader.units(c)

    expect(reader.units(a)).toBe(ofA)
    expect(reader.units(b)).not.toBe(ofB)
    expect(reader.units(b)).toEqual(ofB)
  })

  it('gives an enumeration whole and by its items', () => {
    const text = '办好三件事:一是建书屋;二是建驿站;三是办培训。'
    const units = createUnitReader().units(keep(documentOf('a', '标题', text)))
    expect(units.map((unit) => unit.text)).toContain(text)
    const plain = '办好一件事:建书屋。'
    expect(createUnitReader().units(keep(documentOf('b', '标题', plain)))).toHaveLength(1)
  })
})
