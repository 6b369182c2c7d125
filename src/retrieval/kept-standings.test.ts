import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsBySpaces as cutter, documentOf } from '../../test/support/indexed-documents.ts'
import { createSearchIndex, type SearchRequest } from './search-index.ts'

describe('standings kept from search to search', () => {
  it('are those that asking anew gives, whatever came and went between', () => {
    const step = fc.record({
      kind: fc.constantFrom('add', 'remove', 'search'),
      id: fc.integer({ min: 0, max: 5 }),
      letter: fc.constantFrom('a', 'b'),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const index = createSearchIndex(cutter)
        for (const { kind, id, letter } of steps) {
          if (kind === 'add')
            index.add(documentOf(`${id}`, '', `驿站 ${letter} ${id}`, '驿站 热水'))
          if (kind === 'remove') index.remove(`${id}`)
          if (kind === 'remove' && letter === 'a') index.tidy(1000)
          const request: SearchRequest = {
            text: '驿站 热水',
            limit: 20,
            accepts: ({ text }) => text.includes(letter),
            prior: ({ versionId }) => 1 / (1 + Number(versionId)),
          }
          expect(index.search({ ...request, standingKey: letter })).toEqual(index.search(request))
        }
      }),
    )
  })

  it('spare asking again', () => {
    const index = createSearchIndex(cutter)
    for (const id of ['x', 'y', 'z']) index.add(documentOf(id, '', '驿站 热水'))
    let asked = 0
    const accepts = () => ++asked > 0
    const request = { text: '驿站', limit: 5, accepts, standingKey: 'town' }

    index.search(request)
    index.add(documentOf('y', '', '驿站 饭菜'))
    const found = index.search(request)

    expect(found).toHaveLength(3)
    expect(asked).toBe(4)
  })
})
