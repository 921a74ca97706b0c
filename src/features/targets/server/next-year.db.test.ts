import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/db/new-id.ts'
import { createRecord } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let company: SmallCompany

const director = () => as({ companyId: company.ctx.company.id, personId: company.people['丁'] ?? '' })

const winDeal = (ownerId: string | undefined, closedOn: string, amount: string) =>
  createRecord(company.ctx, 'opportunity', {
    name: `${closedOn} 的单子`,
    stage: company.stages['Won'],
    amount,
    closedOn,
    ownerId,
  })

beforeAll(async () => {
  company = await smallCompany(database)
  await sql`update person set role = 'director' where id = ${company.people['丁']}`.execute(database.owner)
  await winDeal(company.people['甲'], '2025-02-10', '90')
  await winDeal(company.people['甲'], '2025-12-10', '1200')
  await winDeal(company.people['丙'], '2026-02-10', '300')
})

interface Row {
  readonly name: string
  readonly months: readonly string[]
}

async function planMade(body: Record<string, unknown>) {
  const made = await director().post('/plans', { metric: 'signed_amount', ...body })
  expect(made.status).toBe(200)
  const { body: shown } = await director().get(`/plans/${made.body.plan.id}`)
  const months = (name: string) =>
    (shown.rows as readonly Row[]).find((row) => row.name === name)?.months.map(Number) ?? []
  return { total: made.body.plan.total, notes: made.body.notes as { zh: string; en: string }[], months }
}

const year = (...months: readonly (readonly [month: number, amount: number])[]) =>
  Array.from({ length: 12 }, (_, at) => months.find(([month]) => month === at + 1)?.[1] ?? 0)

describe("next year's plan, made while the year still runs", () => {
  it('takes the months that are not over from the last year in which they are, and says so', async () => {
    const { total, notes, months } = await planMade({ year: 2027, from: { basis: 'actuals', growth: '10' } })
    expect(total).toBe('1650')
    expect(months('公司')).toEqual(year([2, 330], [12, 1320]))
    expect(months('甲')).toEqual(year([2, 264], [12, 1056]))
    expect(months('丙')).toEqual(year([2, 66], [12, 264]))
    expect(notes.map(({ zh }) => zh)).toEqual([
      '2026年6月 – 2026年12月还没有结束，改按2025年6月 – 2025年12月的实际业绩',
    ])
  })

  it('has a December where its seasons are those of the running year', async () => {
    const { months } = await planMade({
      year: 2028,
      total: '3000',
      cascade: { method: 'equal', season: 'history', baseYear: 2026 },
    })
    expect(months('公司')).toEqual(year([2, 600], [12, 2400]))
  })

  it('says nothing of the kind where the base year is over', async () => {
    const { total, notes } = await planMade({ year: 2029, from: { basis: 'actuals', year: 2025, growth: '0' } })
    expect(total).toBe('1290')
    expect(notes).toEqual([])
  })

  it('counts results that belong to no unit in the total, and says that all share them', async () => {
    const stranger = newId()
    await sql`insert into person (company_id, id, name) values (${company.ctx.company.id}, ${stranger}, '外部顾问')`.execute(
      database.owner,
    )
    await winDeal(stranger, '2025-03-05', '210')
    const { total, notes, months } = await planMade({
      year: 2030,
      from: { basis: 'actuals', year: 2025, growth: '0' },
    })
    expect(total).toBe('1500')
    expect(months('公司').reduce((sum, month) => sum + month, 0)).toBe(1500)
    expect(notes.map(({ zh }) => zh)).toEqual(['210 的业绩没有归属到单位，计入总目标后由各单位分担'])
  })
})
