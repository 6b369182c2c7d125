import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

/** The process's environment over what `.env` in the working folder says; a missing `.env` is none. */
export function loadEnvironment(): Readonly<Record<string, string | undefined>> {
  return { ...readDotEnv(), ...process.env }
}

function readDotEnv(): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync('.env', 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}
