/** The places that come with the bot. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Gazetteer } from '../domain/jurisdiction.ts'
import { createGazetteer } from '../text/gazetteer.ts'

const DIVISIONS = join(import.meta.dirname, '../../data/divisions.json')

export function loadGazetteer(): Gazetteer {
  return createGazetteer(JSON.parse(readFileSync(DIVISIONS, 'utf8')))
}
