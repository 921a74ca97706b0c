import { pino } from 'pino'
import { expect, it, vi } from 'vitest'
import { arrangeHouse } from '#app/arrange.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep } from '#platform/db/step.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import { allDueOn, registerLane, startSending } from './index.ts'

const database = await testDatabase()
arrangeHouse()
const { ctx } = await smallCompany(database)
const house = { db: database.db, log: pino({ level: 'silent' }) }

it('of a kind of lanes only some are worked on together; the next begins when one is done', async () => {
  const begun: PromiseWithResolvers<void>[] = []
  const work = () => {
    const one = Promise.withResolvers<void>()
    begun.push(one)
    return one.promise
  }
  registerLane('few', { work, nextAt: async () => null, mostAtOnce: 2 })
  let others = 0
  registerLane('other', { work: async () => void (others += 1), nextAt: async () => null, mostAtOnce: 1 })
  const due = (count: number) => Array.from({ length: count }, () => ({ id: newId(), at: new Date(0) }))
  await inStep(ctx, (step) => allDueOn(step, 'few', due(3)))
  await inStep(ctx, (step) => allDueOn(step, 'other', due(2)))
  const sending = startSending(house)
  // Those of another kind are done meanwhile.
  await vi.waitFor(() => expect([begun.length, others]).toEqual([2, 2]), 20_000)
  begun[0]?.resolve()
  await vi.waitFor(() => expect(begun).toHaveLength(3), 20_000)
  for (const one of begun) one.resolve()
  await sending.stop()
})
