/** `npm run bot -- <command>`: everything the bot can do, from a shell. */
import { keepCompiled } from './keep-compiled.ts'
import { missingPackage } from './missing-package.ts'

keepCompiled()

try {
  // Loaded here, so that a package that is missing is told in a sentence.
  const { runCommandLine } = await import('./cli/run-command-line.ts')
  await runCommandLine()
} catch (error) {
  process.stderr.write(`${missingPackage(error) ?? String(error)}\n`)
  process.exitCode = 1
}
