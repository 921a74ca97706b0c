import { defineConfig } from 'vitest/config'

const pure = ['src/**/*.test.ts', 'testing/**/*.test.ts']
const onDatabase = ['src/**/*.db.test.ts', 'testing/**/*.db.test.ts']

export default defineConfig({
  test: {
    // Tests wait for the database half of the time: two at once make use of two cores.
    maxWorkers: 2,
    // Reading the whole house took longer than most tests: without isolation a process reads it once.
    projects: [
      { test: { name: 'unit', include: pure, exclude: onDatabase, isolate: false } },
      {
        test: {
          name: 'db',
          include: onDatabase,
          isolate: false,
          globalSetup: 'testing/cluster.global.ts',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'web',
          include: ['src/**/*.test.tsx'],
          isolate: false,
          environment: 'happy-dom',
          setupFiles: 'testing/web.setup.ts',
          testTimeout: 30_000,
        },
      },
    ],
  },
})
