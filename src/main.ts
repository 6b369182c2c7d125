/** The process: configuration, app, run until a signal, stop in order. */
import { loadEnvironment } from './assembly/load-environment.ts'
import { systemClock } from './clock.ts'
import { parseConfig } from './config.ts'
import { keepCompiled } from './keep-compiled.ts'
import { createLogger } from './logger.ts'
import { missingPackage } from './missing-package.ts'

/** A stop that takes longer than this is cut off: half of what a container is given. */
const STOP_WITHIN_MS = 10_000

async function main(): Promise<void> {
  // From the first moment on: whoever starts it may stop it before it is up.
  const stopped = untilSignal()
  keepCompiled()
  const config = parseConfig(loadEnvironment())
  const logger = createLogger(config.LOG_LEVEL, (line) => process.stderr.write(line))
  // Loaded here, so that a package that is missing is told in a sentence.
  const { createApp } = await import('./app.ts')
  const { startBot } = await import('./assembly/start-bot.ts')
  const app = await createApp(config, { clock: systemClock, logger })
  const bot = await startBot(app, terminalPrinter())
  process.stdout.write(`${bot.greeting}\n`)
  const signal = await stopped
  logger.info('stopping', { signal })
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
  await bot.stop()
}

/** Only where somebody looks: elsewhere standard output is a log, and no place for a code to scan. */
function terminalPrinter(): ((text: string) => void) | undefined {
  return process.stdout.isTTY ? (text) => process.stdout.write(`${text}\n`) : undefined
}

function untilSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal))
  })
}

try {
  await main()
  process.exit(0)
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${missingPackage(error) ?? reason}\n`)
  process.exit(1)
}
