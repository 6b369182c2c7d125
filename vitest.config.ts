import { defineConfig } from 'vitest/config'

/** One project a kind of test; `npx vitest run --project unit` runs one of them. */
const project = (name: string, include: string[], more: object = {}) => ({
  test: { name, include, exclude: ['node_modules/**'], ...more },
})

export default defineConfig({
  test: {
    projects: [
      // Pure code: sharing its modules between files halves the time.
      project('unit', ['src/**/*.test.ts'], { testTimeout: 30_000, isolate: false }),
      project('contract', ['test/contracts/**/*.test.ts'], { testTimeout: 30_000 }),
      project('journey', ['test/journeys/**/*.test.ts'], { testTimeout: 60_000 }),
      project('eval', ['test/evals/**/*.test.ts'], { testTimeout: 120_000 }),
      project('architecture', ['test/*.test.ts']),
      project('browser', ['test/browser/**/*.test.ts'], { testTimeout: 60_000 }),
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.test.ts'],
      reporter: ['text-summary'],
    },
  },
})
