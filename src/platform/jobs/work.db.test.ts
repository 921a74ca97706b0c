import { pino } from 'pino'
import { afterAll, expect, it } from 'vitest'
import { inStep } from '#platform/db/step.ts'
import { breakableLine } from '#testing/breakable-line.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { enqueueJob, registerJob } from './jobs.ts'
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
