import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { monthsFrom } from '#engine/calendar/fiscal-calendar.ts'
import { createRecord } from '#platform/records/save.ts'
import { arrangeHouse } from '#app/arrange.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import { queryRecords } from './read.ts'
import { removeRecord } from './remove.ts'
import { totalsOf } from './totals.ts'

arrangeHouse()
const database = await testDatabase()
const { ctx, people, stages, as } = await smallCompany(database)
const july = { ...ctx, company: { ...ctx.company, calendar: monthsFrom(7) } }

const deals = [
  ['甲', '10', '2026-01-31', 'price'],
  ['甲', '20.5', '2026-02-01', 'timing'],
  ['乙', '30', '2026-07-01', 'price'],
  ['乙', null, '2026-06-30', 'price'],
  ['丁', '0.0001', '2025-12-28', 'need'],
] as const
for (const [at, [owner, amount, engagedOn, note]] of deals.entries()) {
  await createRecord(ctx, 'opportunity', {
    name: `O${at}`,
    code: `O${at}`,
    stage: stages['Proposal'],
    ownerId: people[owner],
    amount,
    engagedOn,
    note,
  })
}

describe('totals', () => {
  it('answer every figure that was asked, and tell nothing from nought', async () => {
    const measures = (['sum', 'avg', 'min', 'max', 'count'] as const).map((aggregate) => ({
      aggregate,
      field: 'amount',
    }))
    const { count, figures } = await totalsOf(ctx, 'opportunity', { measures })
    expect(count).toBe(5)
    expect(figures).toEqual(['60.5001', '15.125', '0.0001', '30', '4'])
    const none = await totalsOf(ctx, 'opportunity', { measures, filter: { field: 'code', op: 'eq', value: 'none' } })
    expect(none).toMatchObject({ count: 0, figures: ['0', null, null, null, '0'] })
    const days = [{ aggregate: 'min', field: 'engagedOn' } as const, { aggregate: 'max', field: 'engagedOn' } as const]
    expect((await totalsOf(ctx, 'opportunity', { measures: days })).figures).toEqual(['2025-12-28', '2026-07-01'])
  })

  it('have subtotals of two levels, each of which is what its rows come to', async () => {
    const measures = [{ aggregate: 'sum', field: 'amount' } as const]
    const groupBy = [{ field: 'ownerId' }, { field: 'note' }]
    const { groups = [] } = await totalsOf(ctx, 'opportunity', { measures, groupBy })
    const told = groups.map(({ name, figures, groups: below }) => [
      name,
      figures[0],
      below?.map((one) => [one.value, one.count, one.figures[0]]),
    ])
    expect(told).toHaveLength(3)
    expect(told).toContainEqual(['甲', '30.5', [['price', 1, '10'], ['timing', 1, '20.5']]]) // prettier-ignore
    expect(told).toContainEqual(['乙', '30', [['price', 2, '30']]])
  })

  it.each([
    ['week', ['2025-12-22', '2026-01-26', '2026-06-29'], ['2025-12-29', '2026-02-02', '2026-07-06']],
    ['month', ['2025-12-01', '2026-01-01', '2026-02-01', '2026-06-01', '2026-07-01'], undefined],
    ['quarter', ['2025-10-01', '2026-01-01', '2026-04-01', '2026-07-01'], undefined],
    ['year', ['2025-07-01', '2026-07-01'], ['2026-07-01', '2027-07-01']],
  ] as const)('gather dates by fiscal %s', async (by, starts, ends) => {
    const { groups = [] } = await totalsOf(july, 'opportunity', { groupBy: [{ field: 'engagedOn', by }] })
    expect(groups.map(({ value }) => value)).toEqual(starts)
    if (ends) expect(groups.map(({ to }) => to)).toEqual(ends)
    for (const { value, to, count } of groups) {
      const filter = { and: [{ field: 'engagedOn', op: 'ge', value }, { field: 'engagedOn', op: 'lt', value: to }] } as const // prettier-ignore
      expect((await queryRecords(july, 'opportunity', { filter })).rows).toHaveLength(count)
    }
  })

  it('gather records by the month in which they were made, and say what cannot be gathered', async () => {
    const { count, groups = [] } = await totalsOf(ctx, 'opportunity', {
      groupBy: [{ field: 'createdAt', by: 'month' }],
    })
    expect(groups.map((group) => group.count)).toEqual([count])
    const measures = [{ aggregate: 'count', field: 'createdAt' }] as const
    expect((await totalsOf(ctx, 'opportunity', { measures })).figures).toEqual([String(count)])
    await expect(totalsOf(ctx, 'opportunity', { groupBy: 'credits' })).rejects.toMatchObject({
      faults: [{ label: { en: 'Records cannot be grouped by this field' } }],
    })
  })

  it('come in the order that people expect: names by pinyin, stages by their position, what is empty last', async () => {
    const won = await createRecord(ctx, 'opportunity', {
      name: 'W',
      stage: stages['Won'],
      closedOn: '2026-01-01',
      amount: '1',
    })
    const named = async (field: string) =>
      (await totalsOf(ctx, 'opportunity', { groupBy: field })).groups?.map(({ name }) => name)
    expect(await named('ownerId')).toEqual(['丁', '甲', '乙', null])
    const order = await queryRecords(ctx, 'stage', { fields: ['name'] })
    const used = await named('stage')
    expect(used).toHaveLength(2)
    expect(used).toEqual(order.rows.map((row) => row['name']).filter((name) => used?.includes(String(name))))
    await removeRecord(ctx, 'opportunity', won.id)
  })

  it('count only what the asker reaches', async () => {
    const { count, groups } = await totalsOf(as('甲', 'representative'), 'opportunity', { groupBy: 'ownerId' })
    expect([count, groups?.map(({ name }) => name)]).toEqual([2, ['甲']])
  })

  it('refuse what cannot be measured or grouped', async () => {
    const refused = [
      { measures: [{ aggregate: 'sum', field: 'code' }] },
      { measures: [{ aggregate: 'avg', field: 'engagedOn' }] },
      { groupBy: [{ field: 'note', by: 'month' }] },
      { groupBy: [{ field: 'credits' }] },
      { groupBy: 'nothing' },
    ] as const
    for (const question of refused) {
      await expect(totalsOf(ctx, 'opportunity', question)).rejects.toMatchObject({ code: 'FILTER_INVALID' })
    }
  })
})

describe('totals of amounts in several currencies', () => {
  it('are in the base currency, by the rate of the day on which a deal counts, or since which it is open', async () => {
    const dollars = await smallCompany(database, { slug: 'dollars' })
    for (const [from, rate] of [['2025-01-01', '7'], ['2026-01-01', '8']] as const) {
      await sql`
        insert into exchange_rate (company_id, id, currency, from_day, rate)
        values (${dollars.ctx.company.id}, gen_random_uuid(), 'USD', ${from}, ${rate})`.execute(database.owner)
    } // prettier-ignore
    const deal = (name: string, values: Record<string, unknown>) =>
      createRecord(dollars.ctx, 'opportunity', { name, ...values })
    await deal('本币', { stage: dollars.stages['Won'], closedOn: '2025-06-01', amount: '100.5' })
    await deal('去年', { stage: dollars.stages['Won'], closedOn: '2025-06-01', amount: '10', currency: 'USD' })
    await deal('今年', { stage: dollars.stages['Won'], closedOn: '2026-06-01', amount: '10', currency: 'USD' })
    await deal('在谈', { stage: dollars.stages['Proposal'], amount: '1', currency: 'USD', engagedOn: '2025-12-31' })
    const at = { ...dollars.ctx, today: '2026-06-15' }
    const asked = { sum: ['amount'], measures: [{ aggregate: 'max', field: 'amount' } as const] }
    expect(await totalsOf(at, 'opportunity', asked)).toMatchObject({ sums: { amount: '257.5' }, figures: ['100.5'] })
    const won = await totalsOf(at, 'opportunity', { ...asked, filter: { field: 'status', op: 'eq', value: 'won' } })
    expect(won.sums).toEqual({ amount: '250.5' })
    const open = await totalsOf(at, 'opportunity', { ...asked, filter: { field: 'status', op: 'eq', value: 'open' } })
    const { rows } = await sql<{ sum: string }>`
      select trim_scale(sum(numerator))::text as sum from ledger_row
      where company_id = ${dollars.ctx.company.id} and metric = 'pipeline_value'`.execute(database.owner)
    expect(open.sums['amount']).toBe(rows[0]?.sum)
  })
})
