/** What the store promises about transactions and about processes that share it, on every engine. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../src/storage/sql/migrate.ts'
import { openDatabaseOf, openStore } from '../../src/storage/sql/open-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { documentReading } from '../support/document-reading.ts'
import { runChild } from '../support/run-child.ts'
import { SHARED_STORE_KINDS, STORE_KINDS, type TestStore } from '../support/test-stores.ts'

const createdAt = Temporal.Instant.from('2025-03-02T08:00:00Z')
const CHILD = 'store-child.ts'

const add = async (store: Store, text: string) => {
  const { versionId } = await store.knowledge.addDraft(documentReading({ text }), { createdAt })
  await store.knowledge.setStatus(versionId, 'in-force')
}
const texts = async (store: Store) => {
  const { changes } = await store.knowledge.changesSince(0)
  const contents = await store.knowledge.contents(changes.map(({ versionId }) => versionId))
  return contents.map(({ text }) => text).toSorted()
}

describe.each(STORE_KINDS)('a transaction on $name', ({ open }) => {
  let opened: TestStore
  let store: Store
  beforeEach(async () => {
    opened = await open()
    store = opened.store
  })
  afterEach(() => opened.dispose())

  it('keeps all of its work and gives its result', async () => {
    const result = await store.transaction(async (inner) => {
      await add(inner, '甲')
      await add(inner, '乙')
      return 7
    })

    expect(result).toBe(7)
    expect(await texts(store)).toEqual(['乙', '甲'])
  })

  it('leaves nothing when its work fails', async () => {
    const failing = store.transaction(async (inner) => {
      await add(inner, '甲')
      throw new Error('half-way')
    })

    await expect(failing).rejects.toThrow('half-way')
    expect(await texts(store)).toEqual([])
    expect(await store.knowledge.revision()).toBe(0)
  })

  it('undoes only the inner part when an inner transaction fails and is caught', async () => {
    await store.transaction(async (outer) => {
      await add(outer, '甲')
      const inner = outer.transaction(async (nested) => {
        await add(nested, '乙')
        throw new Error('inner')
      })
      await expect(inner).rejects.toThrow('inner')
      await add(outer, '丙')
    })

    expect(await texts(store)).toEqual(['丙', '甲'])
  })

  it('undoes finished inner transactions when the outer one fails', async () => {
    const failing = store.transaction(async (outer) => {
      await outer.transaction((inner) => add(inner, '甲'))
      throw new Error('outer')
    })

    await expect(failing).rejects.toThrow('outer')
    expect(await texts(store)).toEqual([])
  })

  it('runs inner transactions that start together one after another', async () => {
    await store.transaction(async (outer) => {
      const results = await Promise.allSettled(
        ['甲', '乙', '丙', '丁'].map((text) =>
          outer.transaction(async (inner) => {
            await add(inner, text)
            if (text === '乙') throw new Error('only this one')
          }),
        ),
      )
      expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    })

    expect(await texts(store)).toEqual(['丁', '丙', '甲'])
  })

  it('refuses the outer store inside its work, instead of waiting for itself', async () => {
    const confused = store.transaction(() => store.knowledge.revision())

    await expect(confused).rejects.toThrow('use the store that was handed')
    await add(store, '之后')
    expect(await texts(store)).toEqual(['之后'])
  })

  it('refuses its own store after it has ended', async () => {
    let escaped: Store | undefined
    await store.transaction(async (inner) => {
      escaped = inner
    })

    await expect(escaped?.knowledge.revision()).rejects.toThrow('has ended')
  })

  it('holds against many at once in one process', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => store.transaction((inner) => add(inner, `第${n}份`))),
    )

    expect(await texts(store)).toHaveLength(20)
    expect(await store.knowledge.revision()).toBe(20)
  })
})

describe.each(SHARED_STORE_KINDS)('two processes on $name', ({ open }) => {
  let opened: TestStore
  let store: Store
  const child = (...parameters: string[]) =>
    runChild(CHILD, JSON.stringify(opened.options), ...parameters)
  beforeEach(async () => {
    opened = await open()
    store = opened.store
  })
  afterEach(() => opened.dispose())

  it('see what the other one committed', async () => {
    const { revision } = await store.knowledge.changesSince(0)
    await child('add', '别的进程写的').printed('done')

    expect(await texts(store)).toEqual(['别的进程写的'])
    expect((await store.knowledge.changesSince(revision)).changes).toHaveLength(1)
  })

  it('lose nothing but the unfinished transaction of one that is killed', async () => {
    await add(store, '之前')
    const hanging = child('hang', '没写完的')
    await hanging.printed('written')
    expect(await texts(store)).toEqual(['之前'])

    hanging.process.kill('SIGKILL')
    await hanging.ended()
    await add(store, '之后')
    expect(await texts(store)).toEqual(['之前', '之后'])
  })

  it('never miss a change while both write', async () => {
    const writers = [child('many', '甲', '25'), child('many', '乙', '25')]
    const seen = new Set<string>()
    let revision = 0
    const follow = async () => {
      const news = await store.knowledge.changesSince(revision)
      expect(news.revision).toBeGreaterThanOrEqual(revision)
      revision = news.revision
      for (const { versionId } of news.changes) seen.add(versionId)
    }
    const writing = Promise.all(writers.map((writer) => writer.printed('done')))
    let over = false
    writing.then(
      () => {
        over = true
      },
      () => {
        over = true
      },
    )
    while (!over) {
      await follow()
      await new Promise((resolve) => setImmediate(resolve))
    }
    await writing
    await follow()

    expect(seen.size).toBe(50)
    expect(revision).toBe(50)
  })
})

describe.each(SHARED_STORE_KINDS)('opening $name', ({ reserve }) => {
  it('builds the tables once when processes start at the same moment', async () => {
    const place = await reserve()
    try {
      const child = (text: string) => runChild(CHILD, JSON.stringify(place.options), 'add', text)
      await Promise.all(['甲', '乙', '丙'].map((text) => child(text).printed('done')))
      const store = await openStore(place.options)
      expect(await texts(store)).toEqual(['丙', '乙', '甲'])
      await store.close()
    } finally {
      await place.dispose()
    }
  })

  it('leaves a database alone that a newer program has written', async () => {
    const place = await reserve()
    try {
      const database = openDatabaseOf(place.options)
      await migrate(database, [{ number: 999, name: 'future', statements: () => [] }])
      await database.close()

      await expect(openStore(place.options)).rejects.toMatchObject({
        code: 'store_newer',
        message: expect.stringMatching(/999.*升级/),
      })
    } finally {
      await place.dispose()
    }
  })

  it('keeps nothing of a migration that fails half-way', async () => {
    const place = await reserve()
    try {
      const database = openDatabaseOf(place.options)
      const broken = {
        number: 1,
        name: 'broken',
        statements: () => ['create table a (id int)', 'oops'],
      }
      await expect(migrate(database, [broken])).rejects.toThrow()
      await migrate(database, [{ ...broken, statements: () => ['create table a (id int)'] }])
      await database.close()
    } finally {
      await place.dispose()
    }
  })
})
