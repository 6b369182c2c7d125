/**
 * The map of the house, as a test: who may import whom, where each package is at home, and that the
 * documents about the code tell the truth.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const SOURCE = resolve(import.meta.dirname, '../src')

/** Edges have seams: the files that lie directly in the edge's folder. Adapters lie in sub-folders or beside them by name. */
const EDGES = ['channels', 'models', 'storage'] as const

/** What a layer may import besides itself. `edge:seam` is the seam files of that edge. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  text: ['domain'],
  ingestion: ['domain', 'text', 'models:seam'],
  knowledge: ['domain', 'text', 'storage:seam', 'ingestion'],
  retrieval: ['domain', 'text', 'storage:seam', 'models:seam'],
  answering: ['domain', 'text', 'retrieval', 'models:seam', 'storage:seam'],
  tasks: ['domain', 'text', 'storage:seam', 'models:seam'],
  reminders: ['domain', 'text', 'tasks', 'storage:seam', 'channels:seam'],
  conversation: [
    'domain',
    'text',
    'answering',
    'tasks',
    'knowledge',
    'storage:seam',
    'channels:seam',
  ],
  http: ['domain', 'text'],
  channels: ['domain', 'text', 'http'],
  models: ['domain'],
  storage: ['domain'],
  console: ['domain', 'text', 'http', 'storage:seam', 'channels:seam'],
}

/** Modules of everybody: errors, the clock, the logger's interface, the loop of a worker. */
const COMMON = ['breathe.ts', 'clock.ts', 'errors.ts', 'logger.ts', 'work-loop.ts']

/** Only these see the configuration and concrete adapters; nobody imports them. */
const ROOT = ['main.ts', 'cli.ts', 'app.ts', 'config.ts', 'health.ts']

/** Each SDK has one home. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  '@larksuiteoapi/node-sdk': [
    'channels/feishu/',
    'assembly/open-channels.ts',
    'cli/setup-command.ts',
    'cli/doctor-command.ts',
  ],
  wechaty: ['channels/wechat/'],
  'wechaty-puppet': ['channels/wechat/'],
  'wechaty-puppet-service': ['channels/wechat/'],
  openai: ['models/'],
  kysely: ['storage/sql/'],
  pg: ['storage/sql/'],
  '@redis/client': ['storage/redis/'],
  keyv: ['storage/', 'app.ts', 'conversation/'],
  'node:sqlite': ['storage/sql/'],
  hono: ['channels/web/', 'console/', 'http/', 'app.ts'],
  '@hono/node-server': ['channels/web/', 'console/', 'app.ts'],
  zod: [
    'config.ts',
    'cli.ts',
    'console/',
    'channels/',
    'models/',
    'answering/',
    'ingestion/',
    'cli/',
  ],
}

/** Packages that pure Chinese-text functions may use. */
const LANGUAGE_PACKAGES = ['@node-rs/jieba', 'opencc-js', 'pinyin-pro', 'tyme4ts']

const IMPORT = /\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g

function sourceFiles(folder = SOURCE): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sourceFiles(path)
    return entry.name.endsWith('.ts') ? [relative(SOURCE, path)] : []
  })
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(SOURCE, file), 'utf8')
  return [...text.matchAll(IMPORT)].map((match) => {
    const specifier = match[1] ?? ''
    if (!specifier.startsWith('.')) return specifier
    return relative(SOURCE, resolve(SOURCE, dirname(file), specifier))
  })
}

const isOurs = (target: string) => target.endsWith('.ts')
const isEdge = (layer: string) => (EDGES as readonly string[]).includes(layer)
const isSeam = (path: string) => {
  const [layer = '', second, third] = path.split('/')
  return (
    isEdge(layer) && second !== undefined && third === undefined && !second.startsWith('openai-')
  )
}

/** The rule as a function, so that it can be tested on planted violations too. */
function mayImport(from: string, to: string): boolean {
  if (to.endsWith('.json')) return true
  if (!isOurs(to)) return mayUsePackage(from, to)
  if (!from.includes('/') || /^(cli|assembly)\//.test(from)) return true
  if (COMMON.includes(to)) return !from.startsWith('domain/')
  if (ROOT.includes(to) || /^(cli|assembly)\//.test(to)) return false
  return mayReach(from, to)
}

function mayReach(from: string, to: string): boolean {
  const [layer = '', adapter = ''] = from.split('/')
  const [target = '', targetAdapter = ''] = to.split('/')
  if (layer === target) {
    return !isEdge(layer) || isSeam(to) || adapter === targetAdapter || adapter.endsWith('.ts')
  }
  const allowed = MAY_IMPORT[layer] ?? []
  return allowed.includes(target) || (isSeam(to) && allowed.includes(`${target}:seam`))
}

function mayUsePackage(from: string, specifier: string): boolean {
  const name = specifier.startsWith('@')
    ? specifier.split('/').slice(0, 2).join('/')
    : (specifier.split('/')[0] ?? '')
  if (from.startsWith('domain/')) return false
  if (from.startsWith('text/')) return LANGUAGE_PACKAGES.includes(name)
  const homes = HOMES[name]
  return homes === undefined || homes.some((home) => from.startsWith(home))
}

describe('the import boundaries', () => {
  const files = sourceFiles().filter((file) => !file.endsWith('.test.ts'))

  it('are kept by every file', () => {
    const violations = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => !mayImport(file, target))
        .map((target) => `${file} → ${target}`),
    )
    expect(violations).toEqual([])
  })

  it.each([
    ['domain/task.ts', 'text/tokenize.ts'],
    ['domain/task.ts', 'zod'],
    ['text/tokenize.ts', 'ingestion/ingest-document.ts'],
    ['channels/feishu/feishu-channel.ts', 'channels/wechat/wechat-channel.ts'],
    ['channels/feishu/feishu-channel.ts', 'conversation/handle-message.ts'],
    ['retrieval/find-passages.ts', 'storage/sql/database.ts'],
    ['answering/write-answer.ts', 'openai'],
    ['conversation/handle-message.ts', 'config.ts'],
    ['retrieval/find-passages.ts', 'answering/answer-question.ts'],
  ])('would catch %s → %s', (from, to) => {
    expect(mayImport(from, to)).toBe(false)
  })

  it('finds the source files at all', () => {
    expect(files.length).toBeGreaterThan(10)
  })
})

describe('the style of the house', () => {
  const files = sourceFiles()

  it('has no module with default exports or re-exports', () => {
    const barrels = files.filter((file) =>
      /^export (default|\*|\{[^}]*\} from)/m.test(readFileSync(join(SOURCE, file), 'utf8')),
    )
    expect(barrels).toEqual([])
  })

  it('never reads the clock or the environment in pure code', () => {
    const impure = files
      .filter((file) => /^(domain|text)\//.test(file) && !file.endsWith('.test.ts'))
      .filter((file) =>
        /Temporal\.Now|new Date\(|Date\.now|process\.env|Math\.random/.test(
          readFileSync(join(SOURCE, file), 'utf8'),
        ),
      )
    expect(impure).toEqual([])
  })
})
