import { expect, it } from 'vitest'
import { unifyRadicals } from './unify-radicals.ts'

it('writes a radical as the character it stands for, one for one', () => {
  const text = '云岭市总⼯会⾦秋助学，⼦⼥⼀次性，⻓期、⻔⼝、⻢、风'
  expect(unifyRadicals(text)).toBe('云岭市总工会金秋助学，子女一次性，长期、门口、马、风')
  expect(unifyRadicals(text)).toHaveLength(text.length)
  expect(unifyRadicals('⺀不变')).toBe('⺀不变')
})
