// Prints the test totals as one plain line: "N passed, N failed, N skipped".
import { readFileSync } from 'node:fs'

const results = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const { numPassedTests, numFailedTests, numPendingTests } = results
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`)
process.exitCode = numFailedTests > 0 || numPassedTests === 0 ? 1 : 0
