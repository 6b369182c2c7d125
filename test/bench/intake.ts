/** `node test/bench/intake.ts [--articles 500]`: see measure-intake.ts. */
import { parseArgs } from 'node:util'
import { measureIntake } from './measure-intake.ts'

const { values } = parseArgs({ options: { articles: { type: 'string', default: '500' } } })
await measureIntake(Number(values.articles))
