import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { inStep } from '#platform/db/step.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { forgetEvents } from './forget.ts'

const { database } = await testApp()
const { ctx } = await smallCompany(database)
const dayMs = 86_400_000

async function told(): Promise<readonly string[]> {
  const { rows } = await sql<{ word: string }>`
    select payload ->> 'word' as word from event where name = 'test.said' order by id`.execute(database.owner)
  return rows.map(({ word }) => word)
}

it('removes events that were handled a month ago, and none that still wait or are parked', async () => {
  for (const word of ['handled', 'waits', 'parked']) {
    await inStep(ctx, async (step) => step.tell({ name: 'test.said', payload: { word } }))
  }
  await sql`update event set handled_at = now() where payload ->> 'word' = 'handled'`.execute(database.owner)
  await sql`update event set parked_at = now() where payload ->> 'word' = 'parked'`.execute(database.owner)
  await forgetEvents({ ...ctx, now: new Date(Date.now() + 29 * dayMs) })
  expect(await told()).toEqual(['handled', 'waits', 'parked'])
  await forgetEvents({ ...ctx, now: new Date(Date.now() + 31 * dayMs) })
  expect(await told()).toEqual(['waits', 'parked'])
})
