import { defineConfig } from '@playwright/test'

// Processes that are killed again and again take minutes: `SOAK=yes npm test` runs these journeys too.
const soak = ['soak.spec.ts', 'processes.spec.ts']
const left = process.env['SOAK'] ? [] : soak
/** Journeys that start with nothing, or with another company. */
const onTheirOwn = [
  'first-page.spec.ts',
  'own-company.spec.ts',
  'running.spec.ts',
  'sign-in.spec.ts',
  'workplace.spec.ts',
]

export default defineConfig({
  testDir: 'e2e',
  projects: [
    // Loading the demo takes most of a minute of a core: it is loaded once, and others begin meanwhile.
    { name: 'demo', testMatch: 'load-demo.setup.ts' },
    { name: 'own', testMatch: [...onTheirOwn, ...soak], testIgnore: left },
    { name: 'company', testIgnore: [...onTheirOwn, ...soak], dependencies: ['demo'] },
  ],
  outputDir: 'test-results/e2e',
  // Far more than any needs: that a machine has other work is no fault of a journey.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  // Each worker has a copy of the demo company. With two the cores stood idle for part of the time.
  workers: 3,
  fullyParallel: false,
  // Tried once more with a new copy; what passes only then is told as flaky, and is a fault to mend.
  retries: 1,
  reporter: 'list',
  globalSetup: './e2e/harness/before-all.ts',
})
