import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  // Processes that are killed again and again take minutes: `SOAK=yes npm test` runs these journeys too.
  testIgnore: process.env['SOAK'] ? [] : ['soak.spec.ts', 'processes.spec.ts'],
  outputDir: 'test-results/e2e',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  // Each worker has a demo company of its own; journeys wait half of the time.
  workers: 2,
  fullyParallel: false,
  // Tried once more with a company of its own; what passes only then is told as flaky, and is a fault to mend.
  retries: 1,
  reporter: 'list',
  globalSetup: './e2e/harness/find-browser.ts',
})
