import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let company: SmallCompany
let planId = ''
let appeal: { readonly id: string; readonly version: number }

const person = (name: string) => as({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })
const team = () => company.units['东一队'] ?? ''
const rowOf = (name: string) => `${team()}.${company.people[name]}`
const year = (value: string) => Array.from({ length: 12 }, () => value)
const monthsOf = async (id: string): Promise<readonly string[]> =>
  (await person('丁').get(`/plans/${planId}`)).body.rows.find((row: { id: string }) => row.id === id).months

beforeAll(async () => {
  company = await smallCompany(database)
  for (const [name, role] of Object.entries({ 甲: 'representative', 乙: 'manager', 丁: 'operations' })) {
    await sql`update person set role = ${role} where id = ${company.people[name]}`.execute(database.owner)
  }
  await sql`update unit set head_id = ${company.people['乙']} where id = ${team()}`.execute(database.owner)
  const cascade = { season: 'even', headsCarry: true }
  const made = await person('丁').post('/plans', { metric: 'signed_amount', year: 2026, total: '9600', cascade })
  planId = made.body.plan.id
  const rows = [
    { node: team(), buffer: 1_000 },
    { node: rowOf('甲'), months: year('110') },
    { node: rowOf('乙'), months: year('110') },
  ]
  await person('丁').patch(`/plans/${planId}`, { version: 1, reason: '多分一成', rows })
  await person('丁').post(`/plans/${planId}/publish`, { version: 2 })
  const lodged = await person('甲').post('/appeals', {
    planId,
    node: rowOf('甲'),
    from: 7,
    asked: '600',
    reasons: '大客户停产',
  })
  appeal = lodged.body.appeal
})

describe('an appeal against the target in a unit that hands out more than its own', () => {
  it('shows what the buffer above holds, whoever is to carry the difference', async () => {
    const buffer = { node: team(), name: '东一队', before: '120' }
    const preview = (carry: string) => person('乙').post(`/appeals/${appeal.id}/preview`, { total: '600', carry })
    expect((await preview('siblings')).body.buffer).toEqual({ ...buffer, after: '120' })
    const carried = (await preview('buffer')).body
    expect(carried.buffer).toEqual({ ...buffer, after: '60' })
    expect(carried.rows.map(({ name }: { name: string }) => name)).toEqual(['甲'])
  })

  it('may be granted out of the buffer: neither the siblings nor the totals above change', async () => {
    const { version } = (await person('丁').get(`/plans/${planId}`)).body.plan
    const decision = {
      version: appeal.version,
      verdict: 'granted',
      carry: 'buffer',
      planVersion: version,
      reason: '属实',
    }
    const decided = await person('乙').post(`/appeals/${appeal.id}/decide`, decision)
    expect(decided.body.appeal).toMatchObject({ state: 'granted', granted: '600', plan: { rule: { nodes: 'sum' } } })
    expect(await monthsOf(rowOf('甲'))).toEqual([...year('110').slice(6), ...year('100').slice(6)])
    expect(await monthsOf(rowOf('乙'))).toEqual(year('110'))
    expect(await monthsOf(team())).toEqual(year('200'))
  })
})
