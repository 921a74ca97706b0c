import { mkdirSync } from 'node:fs'
import { ask, ownerUrlOf } from './harness/ask-database.ts'
import { templateFolder } from './harness/demo-template.ts'
import { expect, test } from './harness/journey.ts'
import { dropDataDir, runTerrace, startTerrace } from './harness/start-terrace.ts'

/** What still follows from something that happened. */
const left = `select (select count(*)::int from event where handled_at is null) as events,
  (select count(*)::int from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts) as jobs`

test('the demo company loads by one command, and what follows from it comes to an end', async () => {
  test.setTimeout(400_000)
  const dataDir = templateFolder()
  // A second try begins anew.
  dropDataDir(dataDir)
  mkdirSync(dataDir)
  expect(runTerrace(['demo'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 })
  // Done here once, instead of in every copy while people are told of it in the midst of their journeys.
  const terrace = await startTerrace(dataDir)
  await expect.poll(() => ask(ownerUrlOf(dataDir), left), { timeout: 180_000 }).toEqual([{ events: 0, jobs: 0 }])
  expect(await terrace.stop()).toBe(0)
})
