import { expect, it } from 'vitest'
import { missingPackage } from './missing-package.ts'

it('says what an installation without optional packages lacks', () => {
  const error = new Error(
    'Cannot find native binding. npm has a bug related to optional dependencies',
  )

  expect(missingPackage(error)).toContain('npm ci（不要加 --omit=optional）')
})

it('names a package that is not there', async () => {
  const name = '@nobody/has-this'
  const error = await import(name).catch((reason: unknown) => reason)

  expect(missingPackage(new Error(`Cannot find package '${name}' imported from /a.ts`))).toContain(
    name,
  )
  expect(error).toBeInstanceOf(Error)
})

it('leaves other errors alone', () => {
  expect(missingPackage(new Error('The port is taken.'))).toBeUndefined()
  expect(missingPackage(new Error("Cannot find module './a.ts'"))).toBeUndefined()
})
