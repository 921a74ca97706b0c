import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { arrangeHouse } from '#app/arrange.ts'
import { readPeriod } from '#engine/calendar/period.ts'
import type { RecordValues } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { readFigure, verifyLedger } from '#platform/ledger/index.ts'
import { createRecord, saveMany, updateRecord } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import { opportunity } from '../objects.ts'
import { writeStageHistory } from './write-history.ts'

const database = await testDatabase()
arrangeHouse()
let company: SmallCompany
let companies = 0

/** On 2026-06-15; Prospecting stands for 10 percent, Proposal for 50, Negotiation for 75. */
beforeEach(async () => {
  company = await smallCompany(database, { slug: `chances-${(companies += 1)}` })
  const stands = { Prospecting: 10, Proposal: 50, Negotiation: 75 }
  for (const [name, percent] of Object.entries(stands)) await letStand(name, percent)
})

const stageId = (name: string): string => company.stages[name] ?? expect.fail(name)

async function letStand(stage: string, percent: number): Promise<void> {
  await sql`update stage set probability = ${percent} where id = ${stageId(stage)}`.execute(database.owner)
}

/** Days and percents that are kept of a deal, the first day first. */
async function chancesOf(id: string): Promise<readonly (readonly [string, number])[]> {
  const { rows } = await sql<{ since: string; percent: number }>`
    select since::text, percent::float8 from deal_chance where record_id = ${id} order by since`.execute(database.owner)
  return rows.map(({ since, percent }) => [since, percent])
}

const on = (day: string): Ctx => ({ ...company.ctx, today: day, now: new Date(`${day}T12:00:00+08:00`) })
const begun = (values: RecordValues): RecordValues => ({
  name: '单',
  stage: stageId('Prospecting'),
  amount: '1000',
  engagedOn: '2026-04-02',
  ...values,
})

describe('how likely a deal is held to be', () => {
  const add = async (day: string, values: RecordValues = {}) =>
    (await createRecord(on(day), 'opportunity', begun(values))).id
  const change = async (id: string, day: string, values: RecordValues) => {
    await updateRecord(on(day), 'opportunity', id, { values })
  }
  const weightedAtEndOf = async (month: string) => {
    const { ctx } = company
    const read = readPeriod(month, ctx.company.calendar)
    const metric = ctx.company.metrics.find('weighted_pipeline')
    if (!read.ok || !metric) return expect.fail(month)
    return Number(await inView(ctx, (tx) => readFigure(tx, ctx, metric, null, read.period)))
  }

  it('is what was said when it was made, over what its stage stands for', async () => {
    const id = await add('2026-04-10', { probability: '35' })
    expect(await chancesOf(id)).toEqual([['2026-04-10', 35]])
    expect([await weightedAtEndOf('2026-04'), await weightedAtEndOf('2026-06')]).toEqual([350, 350])
    expect(await verifyLedger(company.ctx)).toEqual([])
  })

  it('is the last word of a day', async () => {
    const id = await add('2026-04-10')
    await change(id, '2026-05-06', { stage: stageId('Proposal') })
    await change(id, '2026-05-06', { probability: '62' })
    await change(id, '2026-05-06', { stage: stageId('Negotiation'), probability: '81' })
    expect(await chancesOf(id)).toEqual([
      ['2026-04-10', 10],
      ['2026-05-06', 81],
    ])
    expect([await weightedAtEndOf('2026-04'), await weightedAtEndOf('2026-05')]).toEqual([100, 810])
    expect(await verifyLedger(company.ctx)).toEqual([])
  })

  it('is anew what its stage stands for once it is opened again', async () => {
    const id = await add('2026-04-10', { probability: '35' })
    await change(id, '2026-05-06', { stage: stageId('Lost'), closedOn: '2026-05-06' })
    expect([await weightedAtEndOf('2026-04'), await weightedAtEndOf('2026-05')]).toEqual([350, 0])
    await change(id, '2026-06-03', { stage: stageId('Proposal') })
    expect(await chancesOf(id)).toEqual([
      ['2026-04-10', 35],
      ['2026-06-03', 50],
    ])
    expect([await weightedAtEndOf('2026-04'), await weightedAtEndOf('2026-06')]).toEqual([350, 500])
    expect(await verifyLedger(company.ctx)).toEqual([])
  })

  it('is kept again where it is opened with the probability that it had before', async () => {
    const id = await add('2026-04-10')
    await change(id, '2026-05-06', { stage: stageId('Lost'), closedOn: '2026-05-06' })
    await change(id, '2026-06-03', { stage: stageId('Prospecting') })
    expect(await chancesOf(id)).toEqual([
      ['2026-04-10', 10],
      ['2026-06-03', 10],
    ])
    expect(await verifyLedger(company.ctx)).toEqual([])
  })
})

/** @see docs/decisions/0093 */
describe('how likely deals of before are held to have been', () => {
  /** What was just done to a deal happened on that day: the database dates both by its own clock. */
  async function dated(id: string, day: string): Promise<void> {
    const at = `${day}T12:00:00+08:00`
    for (const [table, column] of [
      ['stage_transition', 'opportunity_id'],
      ['audit_entry', 'record_id'],
    ] as const)
      // prettier-ignore
      await sql`update ${sql.table(table)} set at = ${at}
        where ${sql.ref(column)} = ${id} and at > now() - interval '1 hour'`.execute(database.owner)
  }

  async function add(day: string, values: RecordValues = {}): Promise<string> {
    const { id } = await createRecord(on(day), 'opportunity', begun(values))
    await dated(id, day)
    return id
  }

  async function change(id: string, day: string, values: RecordValues): Promise<void> {
    await updateRecord(on(day), 'opportunity', id, { values })
    await dated(id, day)
  }

  const lose = (id: string) => change(id, '2026-06-03', { stage: stageId('Lost'), closedOn: '2026-06-03' })

  /** Nothing was kept before the migration; its statements fill what is empty. */
  async function migrated(): Promise<void> {
    await sql`delete from deal_chance`.execute(database.owner)
    const text = readFileSync(new URL('../../../../migrations/0093_deal_chances.sql', import.meta.url), 'utf8')
    const [, statements] = text.split("select seal('deal_chance');")
    await sql.raw(statements ?? expect.fail('the migration reads otherwise')).execute(database.owner)
  }

  it('goes by what was said when they were made, of open and of closed ones', async () => {
    const [open, closed] = [
      await add('2026-04-10', { probability: '33' }),
      await add('2026-04-10', { probability: '33' }),
    ]
    await lose(closed)
    await migrated()
    expect(await chancesOf(open)).toEqual([['2026-04-10', 33]])
    expect(await chancesOf(closed)).toEqual([['2026-04-10', 33]])
  })

  it('goes by what their stage stood for then, not by what it came to stand for since', async () => {
    const [open, closed] = [await add('2026-04-10'), await add('2026-04-10')]
    await change(closed, '2026-05-06', { stage: stageId('Negotiation') })
    await lose(closed)
    await letStand('Prospecting', 5)
    await letStand('Negotiation', 90)
    await migrated()
    expect(await chancesOf(open)).toEqual([['2026-04-10', 10]])
    expect(await chancesOf(closed)).toEqual([
      ['2026-04-10', 10],
      ['2026-05-06', 75],
    ])
  })

  it('goes by what was said in a move, over what the stage stands for', async () => {
    const [open, closed] = [await add('2026-04-10'), await add('2026-04-10')]
    for (const id of [open, closed])
      await change(id, '2026-05-06', { stage: stageId('Negotiation'), probability: '41' })
    await lose(closed)
    await migrated()
    const known = [
      ['2026-04-10', 10],
      ['2026-05-06', 41],
    ]
    expect(await chancesOf(open)).toEqual(known)
    expect(await chancesOf(closed)).toEqual(known)
  })

  it('goes by the stages alone where these were brought in from elsewhere', async () => {
    const id = await inStep(company.ctx, async (step) => {
      const won = { ...begun({ engagedOn: '2026-02-01' }), stage: stageId('Won'), closedOn: '2026-06-01' }
      const [made] = await saveMany(step, opportunity, [{ values: won }])
      if (!made?.ok) return expect.fail('refused')
      const move = (to: string, day: string) => ({
        ...{ opportunityId: made.id, fromStageId: null, toStageId: stageId(to), personId: null },
        at: `${day}T10:00:00+08:00`,
      })
      const moves = [move('Prospecting', '2026-02-01'), move('Proposal', '2026-03-15'), move('Won', '2026-06-01')]
      await writeStageHistory(step, moves)
      return made.id
    })
    await migrated()
    expect(await chancesOf(id)).toEqual([
      ['2026-02-01', 10],
      ['2026-03-15', 50],
    ])
  })

  it('goes by what they say now where nothing is told of their past', async () => {
    const [open, closed] = [await add('2026-04-10'), await add('2026-04-10')]
    await lose(closed)
    for (const id of [open, closed]) {
      await sql`delete from stage_transition where opportunity_id = ${id}`.execute(database.owner)
      await sql`delete from audit_entry where record_id = ${id}`.execute(database.owner)
      await sql`update opportunity set created_at = '2026-04-09T20:00:00Z' where id = ${id}`.execute(database.owner)
    }
    await migrated()
    expect(await chancesOf(open)).toEqual([['2026-04-10', 10]])
    expect(await chancesOf(closed)).toEqual([])
  })

  it('ends with what an open one says now, whatever its past tells', async () => {
    const id = await add('2026-04-10')
    await change(id, '2026-05-06', { stage: stageId('Negotiation') })
    await sql`update opportunity set probability = 66 where id = ${id}`.execute(database.owner)
    await migrated()
    expect(await chancesOf(id)).toEqual([
      ['2026-04-10', 10],
      ['2026-05-06', 66],
    ])
  })
})
