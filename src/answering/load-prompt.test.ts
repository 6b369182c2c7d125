import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadPrompt, parsePrompt } from './load-prompt.ts'

const file = '---\npurpose: 试\nvariables: [name]\n---\n你好,{{name}}。\n'

describe('a prompt', () => {
  it('is filled with its variables', () => {
    expect(parsePrompt('p', file).fill({ name: '老王' })).toBe('你好,老王。')
  })

  it('changes its version with its text', () => {
    expect(parsePrompt('p', file).version).not.toBe(parsePrompt('p', `${file}!`).version)
  })

  it('does not fill a variable into a variable', () => {
    expect(parsePrompt('p', file).fill({ name: '{{name}}' })).toBe('你好,{{name}}。')
  })

  it('refuses variables that are missing, extra or undeclared', () => {
    expect(() => parsePrompt('p', file).fill({})).toThrow('变量')
    expect(() => parsePrompt('p', file).fill({ name: 'a', more: 'b' })).toThrow('变量')
    expect(() => parsePrompt('p', file.replace('[name]', '[]'))).toThrow('variables')
    expect(() => parsePrompt('p', '没有头')).toThrow('purpose')
  })

  it.each(readdirSync(new URL('../../prompts/', import.meta.url)))('%s can be loaded', (name) => {
    expect(loadPrompt(name.replace(/\.md$/, '')).purpose).not.toBe('')
  })
})
