import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, expect, it } from 'vitest'
import { inStep } from '#platform/db/step.ts'
import { breakableLine } from '#testing/breakable-line.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { enqueueJob, enqueueJobOnce, registerJob } from './jobs.ts'
import { startWork } from './work.ts'

const { database } = await testApp()
const { ctx } = await smallCompany(database)
const line = await breakableLine(database.ownerUrl)
afterAll(() => line.close())

const done: string[] = []
let whileWorking: () => void = () => undefined
registerJob('test.note', async (_ctx, { word }) => {
  whileWorking()
  done.push(String(word))
})

const ask = (word: string) => inStep(ctx, (step) => enqueueJob(step, 'test.note', { word }))

it('goes on by itself after the database was away at the very end of a job', async () => {
  const work = await startWork({ db: database.db, log: pino({ level: 'silent' }), ownerUrl: line.url })
  whileWorking = () => line.cut()
  await ask('first')
  await expect.poll(() => done, { timeout: 20_000 }).toEqual(['first'])
  whileWorking = () => undefined
  await ask('second')
  line.mend()
  // What could not be ended is done once more, which handlers are made for.
  await expect.poll(() => [...done].sort(), { timeout: 40_000 }).toEqual(['first', 'first', 'second'])
  await work.stop()
}, 60_000)

it('can be stopped while the database is away', async () => {
  const work = await startWork({ db: database.db, log: pino({ level: 'silent' }), ownerUrl: line.url })
  line.cut()
  await work.stop()
  line.mend()
}, 60_000)

it('is not asked twice for what is done once, while somebody has it in hand', async () => {
  const askOnce = () => inStep(ctx, (step) => enqueueJobOnce(step, 'test.note', { word: 'once' }, 'once'))
  const jobs = async () => {
    const { rows } = await sql<{ isKeyed: boolean; attempts: number }>`
      select key is not null as "isKeyed", attempts from graphile_worker._private_jobs where payload ->> 'word' = 'once'
    `.execute(database.owner)
    return rows
  }
  await askOnce()
  await sql`update graphile_worker._private_jobs set locked_by = 'somebody', locked_at = now(), attempts = 1
    where payload ->> 'word' = 'once'`.execute(database.owner)
  await askOnce()
  expect(await jobs()).toEqual([{ isKeyed: true, attempts: 1 }])
  await sql`update graphile_worker._private_jobs set locked_by = null, locked_at = null
    where payload ->> 'word' = 'once'`.execute(database.owner)
  await askOnce()
  expect(await jobs()).toEqual([{ isKeyed: true, attempts: 0 }])
})
