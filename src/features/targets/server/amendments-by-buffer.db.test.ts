import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { sumOf } from '#engine/money/decimal.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { verifyPlans } from './index.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let company: SmallCompany
let planId: string

const operations = () => as({ companyId: company.ctx.company.id, personId: company.people['丙'] ?? '' })
const team = () => company.units['东一队'] ?? ''
const rowOf = (name: string) => `${team()}.${company.people[name]}`

interface Row {
  readonly id: string
  readonly months: readonly string[]
}

const planNow = async (): Promise<{ version: number; rows: readonly Row[] }> => {
  const { body } = await operations().get(`/plans/${planId}`)
  return { version: body.plan.version, rows: body.rows }
}

const monthsOf = async (id: string): Promise<readonly string[]> =>
  (await planNow()).rows.find((row) => row.id === id)?.months ?? []

/** What a cascade of the team would make of its people. */
async function cascaded(draft: readonly object[], cascade: object): Promise<ReadonlyMap<string, (string | null)[]>> {
  const { body } = await operations().post(`/plans/${planId}/preview`, { node: team(), cascade, draft })
  const rows = new Map<string, (string | null)[]>()
  for (const { node, month, after } of body.changes as { node: string; month: number; after: string }[]) {
    const months = rows.get(node) ?? Array.from({ length: 12 }, () => null)
    rows.set(
      node,
      months.map((value, at) => (at === month - 1 ? after : value)),
    )
  }
  return rows
}

/** The team hands out so much more than it has, in hundredths of a percent. */
async function handOut(buffer: number): Promise<number> {
  const rows = [...(await cascaded([{ node: team(), buffer }], { method: 'current', step: '0.01' }))]
  const saved = await operations().patch(`/plans/${planId}`, {
    version: (await planNow()).version,
    reason: '调整超额',
    rows: [{ node: team(), buffer }, ...rows.map(([node, months]) => ({ node, months }))],
  })
  return saved.status
}

const wish = (total: string) => ({ node: rowOf('甲'), from: 7, total, carry: 'buffer' })

const amend = async (total: string) =>
  operations().post(`/plans/${planId}/amendments`, {
    ...wish(total),
    version: (await planNow()).version,
    reason: '下半年转岗',
  })

const half = (first: string, second: string) => [...Array(6).fill(first), ...Array(6).fill(second)]

beforeAll(async () => {
  company = await smallCompany(database)
  await sql`update person set role = 'operations' where id = ${company.people['丙']}`.execute(database.owner)
  const made = await operations().post('/plans', { metric: 'signed_amount', year: 2026, total: '12000' })
  planId = made.body.plan.id
})

describe('an amendment carried by the buffer of the unit above', () => {
  it('is refused where the unit hands out nothing beyond its own', async () => {
    const refused = await operations().post(`/plans/${planId}/amendments/preview`, wish('700'))
    expect(refused).toMatchObject({ status: 422, code: 'AMENDMENT_REFUSED' })
    expect(refused.body.title).toContain('东一队')
  })

  it('leaves the unit and the siblings as they are, and shows what the buffer still holds', async () => {
    expect(await handOut(1000)).toBe(200)
    expect(await monthsOf(rowOf('甲'))).toEqual(half('137.5', '137.5'))
    const preview = await operations().post(`/plans/${planId}/amendments/preview`, wish('765'))
    expect(preview.body).toMatchObject({
      rows: [{ name: '甲', restBefore: '825', restAfter: '765' }],
      buffer: { node: team(), name: '东一队', before: '150', after: '90' },
    })
    expect((await amend('765')).status).toBe(200)
    expect(await monthsOf(rowOf('甲'))).toEqual(half('137.5', '127.5'))
    expect(await monthsOf(rowOf('乙'))).toEqual(half('137.5', '137.5'))
    expect(await monthsOf(team())).toEqual(half('250', '250'))
    expect(await verifyPlans(company.ctx)).toEqual([])
  })

  it('shows in the grid what amendments took, and in the list who carried it', async () => {
    const { body } = await operations().get(`/plans/${planId}/grid`)
    const at = body.rows.keys.indexOf(team())
    expect(body.levels[0].taken).toEqual({ [at]: [...Array(6).fill(0), ...Array(6).fill(1000)].join(' ') })
    const { amendments } = (await operations().get(`/plans/${planId}/amendments`)).body
    expect(amendments).toMatchObject([{ name: '甲', carry: 'buffer', fromDay: '2026-07-01', reason: '下半年转岗' }])
  })

  it('is refused beyond what the buffer holds, and gives back what it took but no more', async () => {
    const more = await operations().post(`/plans/${planId}/amendments/preview`, wish('600'))
    expect(more).toMatchObject({ status: 422, code: 'AMENDMENT_REFUSED' })
    const back = await operations().post(`/plans/${planId}/amendments/preview`, wish('825'))
    expect(back.body.buffer).toMatchObject({ before: '90', after: '150' })
    expect((await operations().post(`/plans/${planId}/amendments/preview`, wish('826'))).status).toBe(422)
  })

  it('is kept when the unit is cascaded anew, and forgotten with another buffer', async () => {
    const equal = await cascaded([], { method: 'equal', step: '0.01' })
    expect(equal.get(rowOf('甲'))?.slice(6)).toEqual(Array(6).fill('132.5'))
    expect(await handOut(2000)).toBe(200)
    const people = [...(await monthsOf(rowOf('甲'))).slice(6), ...(await monthsOf(rowOf('乙'))).slice(6)]
    expect(sumOf(people)).toBe('1800')
    const { body } = await operations().get(`/plans/${planId}/grid`)
    expect(body.levels[0].taken).toEqual({})
    expect(await verifyPlans(company.ctx)).toEqual([])
  })
})
