/** Three sorts of tests: pure ones beside the code, scenarios on a real PostgreSQL, and a real browser. */
import { defineConfig } from 'vitest/config'

const globalSetup = ['tests/support/global-setup.ts']

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: false,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'scenarios',
          include: ['tests/scenarios/**/*.test.ts', 'tests/acceptance/**/*.test.ts', 'tests/house.test.ts'],
          globalSetup,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
