import { describe, expect, it } from 'vitest'
import type { Bound, Fact } from '../domain/fact.ts'
import { figureConflict, figureStatements } from './compare-figures.ts'

const statement = (value: number, bound: Bound = 'exact', more: Partial<Fact> = {}) => {
  const text = '全年新建市级标准化职工书屋若干个'
  const span = { start: 0, end: text.length }
  const fact: Fact = {
    subject: '市级标准化职工书屋',
    value,
    bound,
    unit: '个',
    year: 2025,
    span,
    valueSpan: span,
    damaged: false,
    ...more,
  }
  return figureStatements({ text, facts: [fact] })
}
const conflict = (a: ReturnType<typeof statement>, b: ReturnType<typeof statement>) =>
  a[0] && figureConflict(a[0], b)?.kind

describe('figureConflict', () => {
  it.each<[number, Bound, number, Bound]>([
    [30, 'exact', 50, 'exact'],
    [30, 'at-least', 50, 'at-least'],
    [30, 'at-most', 50, 'at-most'],
    [30, 'exact', 50, 'at-least'],
    [50, 'exact', 30, 'at-most'],
    [30, 'at-most', 50, 'at-least'],
    [30, 'about', 50, 'exact'],
  ])('holds between %d (%s) and %d (%s), either way round', (a, boundA, b, boundB) => {
    expect(conflict(statement(a, boundA), statement(b, boundB))).toBe('number')
    expect(conflict(statement(b, boundB), statement(a, boundA))).toBe('number')
  })

  it.each<[number, Bound, number, Bound]>([
    [30, 'exact', 30, 'at-least'],
    [30, 'at-least', 35, 'exact'],
    [30, 'exact', 35, 'at-most'],
    [30, 'at-least', 50, 'at-most'],
    [30, 'about', 32, 'exact'],
  ])('does not hold between %d (%s) and %d (%s), either way round', (a, boundA, b, boundB) => {
    expect(conflict(statement(a, boundA), statement(b, boundB))).toBeUndefined()
    expect(conflict(statement(b, boundB), statement(a, boundA))).toBeUndefined()
  })

  it('tells another unit of the same value, and takes measure words of one kind for the same', () => {
    expect(conflict(statement(30), statement(30, 'exact', { unit: '万元' }))).toBe('unit')
    expect(conflict(statement(30), statement(30, 'exact', { unit: '家' }))).toBeUndefined()
    expect(conflict(statement(30), statement(50, 'exact', { unit: '家' }))).toBe('number')
  })

  it('leaves damaged figures and other years alone', () => {
    expect(conflict(statement(30), statement(50, 'exact', { damaged: true }))).toBeUndefined()
    expect(conflict(statement(30), statement(50, 'exact', { year: 2024 }))).toBeUndefined()
    expect(conflict(statement(30), [...statement(50), ...statement(30)])).toBeUndefined()
  })
})
