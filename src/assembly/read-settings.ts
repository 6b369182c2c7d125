/** What the configuration says about this union and its store, in the program's own words. */
import type { Config } from '../config.ts'
import type { Contact } from '../domain/contact.ts'
import type { Gazetteer, Jurisdiction } from '../domain/jurisdiction.ts'
import { BadInputError } from '../errors.ts'
import type { StoreOptions } from '../storage/sql/open-store.ts'

/** Where the store is: the file in DATA_DIR, or PostgreSQL. */
export function storeOptions(config: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>): StoreOptions {
  if (config.DATABASE_URL !== undefined) return { databaseUrl: config.DATABASE_URL }
  return { dataDir: config.DATA_DIR }
}

export function contactOf(config: Config): Contact {
  return {
    unionName: config.UNION_NAME,
    ...(config.UNION_HOTLINE && { hotline: config.UNION_HOTLINE }),
    ...(config.UNION_CONTACT && { contact: config.UNION_CONTACT }),
  }
}

/** This union's own place. @throws {BadInputError} for one that does not exist. */
export function homeOf(
  { UNION_JURISDICTION: named }: Config,
  gazetteer: Gazetteer,
): Jurisdiction | undefined {
  if (named === undefined) return undefined
  const place = gazetteer.resolve(named)
  if (place) return place
  throw new BadInputError(
    'bad_config',
    `UNION_JURISDICTION：不认识地区「${named}」，请写成 甘肃省/平凉市 或区划代码 620800`,
  )
}
