import { beforeAll, describe, expect, it } from 'vitest'
import { arrangeHouse } from '#app/arrange.ts'
import { inStep } from '#platform/db/step.ts'
import { removeRecord } from '#platform/records/remove.ts'
import { createRecord, saveMany, updateRecord } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import { stage } from '../objects.ts'

const database = await testDatabase()
let company: SmallCompany

beforeAll(async () => {
  arrangeHouse()
  company = await smallCompany(database)
})

const stageId = (name: string): string => company.stages[name] ?? ''
const refusedFor = (field: string, code: string) => ({ code: 'RECORD_INVALID', status: 422, faults: [{ field, code }] })

describe('a deal that closes', () => {
  it('does so today at the latest and not before it began', async () => {
    const { ctx } = company
    const deal = (values: object) =>
      createRecord(ctx, 'opportunity', { name: '单', stage: stageId('Lost'), engagedOn: '2026-06-01', ...values })
    await expect(deal({ closedOn: '2026-06-16' })).rejects.toMatchObject(refusedFor('closedOn', 'closesAhead'))
    await expect(deal({ closedOn: '2026-05-31' })).rejects.toMatchObject(refusedFor('closedOn', 'closesTooEarly'))
    const { id } = await deal({ closedOn: '2026-06-01' })
    const later = updateRecord(ctx, 'opportunity', id, { values: { engagedOn: '2026-06-02' } })
    await expect(later).rejects.toMatchObject(refusedFor('closedOn', 'closesTooEarly'))
    await updateRecord(ctx, 'opportunity', id, { values: { stage: stageId('Proposal'), engagedOn: '2026-06-02' } })
  })
})

describe('the stages', () => {
  it('keep one of each kind', async () => {
    const { ctx } = company
    await removeRecord(ctx, 'stage', stageId('Qualified'))
    for (const name of ['Won', 'Lost']) {
      await expect(removeRecord(ctx, 'stage', stageId(name))).rejects.toMatchObject({
        code: 'LAST_STAGE_OF_KIND',
        status: 409,
        faults: [{ field: 'kind' }],
      })
    }
    const change = updateRecord(ctx, 'stage', stageId('Won'), { values: { kind: 'open' } })
    await expect(change).rejects.toMatchObject(refusedFor('kind', 'lastOfKind'))
    const next = await createRecord(ctx, 'stage', {
      name: '签约', nameEn: 'Signed', kind: 'won', position: '9', probability: '100',
    }) // prettier-ignore
    const both = await Promise.allSettled([next.id, stageId('Won')].map((id) => removeRecord(ctx, 'stage', id)))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('may change kind together with the successor that comes with it', async () => {
    const { ctx } = company
    const results = await inStep(ctx, (step) =>
      saveMany(step, stage, [
        { id: stageId('Lost'), values: { kind: 'open' } },
        { values: { name: '流失', nameEn: 'Gone', kind: 'lost', position: '10', probability: '0' } },
      ]),
    )
    expect(results.map(({ ok }) => ok)).toEqual([true, true])
  })
})
