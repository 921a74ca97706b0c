import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { arrangeHouse } from '#app/arrange.ts'
import { readPeriod } from '#engine/calendar/period.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { readFigure, verifyLedger } from '#platform/ledger/index.ts'
import { removeRecord } from '#platform/records/remove.ts'
import { createRecord, saveMany, updateRecord } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import { opportunity, stage } from '../objects.ts'
import { writeStageHistory } from './write-history.ts'

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

describe('the weighted pipeline of a past day', () => {
  let company: SmallCompany

  beforeAll(async () => {
    company = await smallCompany(database, { slug: 'weighted' })
  })

  const stageId = (name: string): string => company.stages[name] ?? ''
  const weightedAtEndOf = (month: string) => {
    const { ctx } = company
    const read = readPeriod(month, ctx.company.calendar)
    const metric = ctx.company.metrics.find('weighted_pipeline')
    if (!read.ok || !metric) throw new Error(month)
    return inView(ctx, (tx) => readFigure(tx, ctx, metric, null, read.period))
  }

  const chancesOf = async (ids: readonly string[]) => {
    const { rows } = await sql<{ since: string; percent: string }>`
      select since::text, percent::text from deal_chance where record_id = any(${ids}::uuid[]) order by since`.execute(
      database.owner,
    )
    return rows
  }

  it('counts by the probability of that day, not by what became of the deal', async () => {
    const on = (today: string): Ctx => ({ ...company.ctx, today, now: new Date(`${today}T12:00:00+08:00`) })
    const at = weightedAtEndOf
    const was = { april: await at('2026-04'), may: await at('2026-05'), june: await at('2026-06') }
    const add = (figure: string | null, more: number) => String(Number(figure) + more)
    const { id } = await createRecord(on('2026-04-10'), 'opportunity', {
      name: '渐进', stage: stageId('Prospecting'), amount: '1000', engagedOn: '2026-04-02',
    }) // prettier-ignore
    await updateRecord(on('2026-05-06'), 'opportunity', id, { values: { stage: stageId('Negotiation') } })
    await updateRecord(on('2026-05-07'), 'opportunity', id, { values: { probability: '60' } })
    await updateRecord(on('2026-06-03'), 'opportunity', id, { values: { stage: stageId('Lost'), closedOn: '2026-06-03' } }) // prettier-ignore
    expect([await at('2026-04'), await at('2026-05'), await at('2026-06')]).toEqual([add(was.april, 100), add(was.may, 600), was.june]) // prettier-ignore
    expect(await verifyLedger(company.ctx)).toEqual([])
  })

  it('of a deal that was brought in with its history goes by the stages it was in', async () => {
    const { ctx } = company
    const was = await weightedAtEndOf('2026-03')
    await inStep(ctx, async (step) => {
      const [made] = await saveMany(step, opportunity, [
        { values: { name: '旧单', stage: stageId('Won'), amount: '1000', engagedOn: '2026-02-01', closedOn: '2026-06-01' } },
      ]) // prettier-ignore
      if (!made?.ok) throw new Error('refused')
      const move = (from: string | null, to: string, day: string) => ({
        opportunityId: made.id,
        fromStageId: from === null ? null : stageId(from),
        toStageId: stageId(to),
        at: `${day}T10:00:00+08:00`,
        personId: null,
      })
      await writeStageHistory(step, [
        move(null, 'Prospecting', '2026-02-01'),
        move('Prospecting', 'Proposal', '2026-03-15'),
        move('Proposal', 'Won', '2026-06-01'),
      ])
    })
    expect(await weightedAtEndOf('2026-03')).toBe(String(Number(was) + 500))
    expect(await verifyLedger(ctx)).toEqual([])
  })

  it('of an open deal goes by what it says itself, over what its stage stands for', async () => {
    const { ctx } = company
    const id = await inStep(ctx, async (step) => {
      const [made] = await saveMany(step, opportunity, [
        { values: { name: '自评', stage: stageId('Proposal'), amount: '1000', engagedOn: '2026-02-01', probability: '15' } },
      ]) // prettier-ignore
      if (!made?.ok) throw new Error('refused')
      const at = '2026-03-01T10:00:00+08:00'
      await writeStageHistory(step, [
        { opportunityId: made.id, fromStageId: null, toStageId: stageId('Proposal'), at, personId: null },
      ])
      return made.id
    })
    expect((await chancesOf([id])).at(-1)?.percent).toBe('15.0000')
    expect(await verifyLedger(ctx)).toEqual([])
  })

  it('is found for the deals of before by the migration: open ones are as likely as they say', async () => {
    const on = (today: string): Ctx => ({ ...company.ctx, today, now: new Date(`${today}T12:00:00+08:00`) })
    const said = {
      name: '自述',
      stage: stageId('Prospecting'),
      amount: '1000',
      engagedOn: '2026-04-02',
      probability: '33',
    }
    const own = await createRecord(on('2026-04-10'), 'opportunity', said)
    const moved = await createRecord(on('2026-04-10'), 'opportunity', { ...said, name: '推进', probability: '12' })
    await updateRecord(on('2026-04-10'), 'opportunity', moved.id, { values: { stage: stageId('Negotiation'), probability: '77' } }) // prettier-ignore
    const stage = sql`update stage set probability = 5 where id = ${stageId('Prospecting')}`
    await stage.execute(database.owner)
    await sql`delete from deal_chance`.execute(database.owner)
    const migration = readFileSync(new URL('../../../../migrations/0093_deal_chances.sql', import.meta.url), 'utf8')
    const [, statements = ''] = migration.split("select seal('deal_chance');")
    await sql.raw(statements).execute(database.owner)
    expect((await chancesOf([own.id])).at(-1)?.percent).toBe('33.0000')
    expect((await chancesOf([moved.id])).at(-1)?.percent).toBe('77.0000')
    const { rows } = await sql`
      select from opportunity o where o.status = 'open' and o.probability <> (
        select k.percent from deal_chance k where k.record_id = o.id order by k.since desc limit 1)`.execute(
      database.owner,
    )
    expect(rows).toHaveLength(0)
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
