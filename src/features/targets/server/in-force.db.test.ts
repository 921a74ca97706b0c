import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '#engine/policy/role.ts'
import { attainmentSettings } from './attainment-settings.ts'
import { inView } from '#platform/db/step.ts'
import { takeNight } from '#features/attainment/server/index.ts'
import { createRecord } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let company: SmallCompany
let planId = ''
let version = 0

const person = (name: string) => as({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })
const node = (name: string, of: string) => `${company.units[of]}.${company.people[name]}`
const setRole = (name: string, role: Role) =>
  sql`update person set role = ${role} where id = ${company.people[name]}`.execute(database.owner)

/** What 甲 is measured by in June, and what the company is. */
const targets = async () => {
  const { body } = await person('丁').get('/metrics/signed_amount/tree?period=2026-M06')
  const own = (await person('甲').get('/metrics/signed_amount/tree?period=2026-M06')).body
  return { company: body.target, own: own.target, planId: body.meta.planId, draftId: body.meta.draftId }
}
const move = async (act: string, comment?: string) => {
  const { body } = await person('丁').post(`/plans/${planId}/path`, { version, act, ...(comment ? { comment } : {}) })
  version = body.plan.version
  return body.plan
}
/** 甲 gets more in June, 乙 as much less. */
const shift = async (own: string, other: string) => {
  const june = (value: string) => Array.from({ length: 12 }, (_, at) => (at === 5 ? value : null))
  const rows = [
    { node: node('甲', '东一队'), months: june(own) },
    { node: node('乙', '东一队'), months: june(other) },
  ]
  const saved = await person('丁').patch(`/plans/${planId}`, { version, reason: 'x', rows })
  version = saved.body.plan.version
}

beforeAll(async () => {
  company = await smallCompany(database)
  await setRole('甲', 'representative')
  await setRole('乙', 'manager')
  await setRole('丙', 'representative')
  await setRole('丁', 'operations')
  await createRecord(company.ctx, 'opportunity', {
    name: '六月的单子',
    stage: company.stages['Won'],
    amount: '10',
    closedOn: '2026-06-03',
    ownerId: company.people['甲'],
  })
  const cascade = { method: 'equal', season: 'even', headsCarry: true }
  const made = await person('丁').post('/plans', { metric: 'signed_amount', year: 2026, total: '9600', cascade })
  ;({ id: planId, version } = made.body.plan)
})

describe('a plan that was never published', () => {
  it('counts nowhere as a target, and who makes plans is told that there is a draft', async () => {
    expect(await targets()).toEqual({ company: null, own: null, planId: null, draftId: planId })
    const series = await person('丁').get(`/metrics/signed_amount/series?period=2026&node=${company.units['公司']}`)
    expect(series.body[5]).toMatchObject({ actual: '10', target: null })
    const plan = (await person('丁').get(`/plans/${planId}`)).body
    expect(plan.plan).toMatchObject({ status: 'draft', figures: 'none', total: '9600' })
  })

  it('is nothing that a representative sees: neither as a target nor as a plan', async () => {
    expect((await person('甲').get('/metrics/signed_amount/tree?period=2026-M06')).body.meta.draftId).toBeNull()
    expect((await person('甲').get('/my-targets?year=2026')).body).toEqual({ targets: [], proposals: [] })
    expect((await person('甲').get('/plans')).body.plans).toEqual([])
    for (const path of ['', '/grid', '/revisions', '/changes', '/path', '/path/differences', '/sheet', '/smart']) {
      expect([path, (await person('甲').get(`/plans/${planId}${path}`)).code]).toEqual([path, 'PLAN_NOT_FOUND'])
    }
  })

  it('asks for numbers without telling its own', async () => {
    await person('丁').patch(`/plans/${planId}/path`, { asksProposals: true })
    const { targets: own, proposals } = (await person('甲').get('/my-targets?year=2026')).body
    expect(own).toEqual([])
    expect(proposals).toMatchObject([{ name: '甲', proposal: null, proposeClosed: null, plan: { total: null } }])
    const at = `/plans/${planId}/proposals/${node('甲', '东一队')}`
    expect((await person('甲').get(at)).body).toMatchObject({ topDown: null, can: { propose: true } })
    expect((await person('甲').get(`/plans/${planId}/proposals`)).body.rows).toMatchObject([{ topDown: null, gap: null }])
    expect((await person('甲').put(at, { parts: ['1500'], version: null })).status).toBe(200)
    expect((await person('丁').get(at)).body.topDown).toHaveLength(12)
    await person('丁').patch(`/plans/${planId}/path`, { asksProposals: false })
  })

  it('is kept in no snapshot', async () => {
    const { settings, version: seen } = await inView(company.ctx, (tx) => attainmentSettings(tx, company.ctx))
    const kept = { ...settings, keptMetrics: ['signed_amount'] }
    await person('丁').put('/attainment/settings', { settings: kept, version: seen })
    await takeNight(company.ctx)
    const { rows } = await sql<{ planId: string | null }>`
      select plan_id as "planId" from attainment_snapshot where company_id = ${company.ctx.company.id}`.execute(
      database.owner,
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every((row) => row.planId === null)).toBe(true)
  })
})

describe('a plan in force', () => {
  it('counts from its publication on, and so do its changes', async () => {
    await move('publish')
    expect(await targets()).toEqual({ company: '800', own: '100', planId, draftId: null })
    await shift('120', '80')
    expect((await targets()).own).toBe('120')
    expect((await person('甲').get('/my-targets?year=2026')).body.targets).toMatchObject([{ name: '甲' }])
    expect((await person('甲').get(`/plans/${planId}`)).body.plan.figures).toBe('current')
  })

  it('counts on as it was while it is reopened and changed', async () => {
    await move('reopen', '甲调岗')
    await shift('50', '150')
    await shift('40', '160')
    expect(await targets()).toEqual({ company: '800', own: '120', planId, draftId: planId })
    const months = await person('丁').get(`/metrics/signed_amount/series?period=2026&node=${node('甲', '东一队')}`)
    expect(months.body[5].target).toBe('120')
    const own = (await person('甲').get('/my-targets?year=2026')).body.targets
    expect(own[0].months[5]).toBe('120')
    const seen = (await person('甲').get(`/plans/${planId}`)).body
    expect(seen.plan.figures).toBe('former')
    expect(seen.rows).toMatchObject([{ months: expect.arrayContaining(['120']) }])
    const revisions = (await person('甲').get(`/plans/${planId}/revisions`)).body.revisions
    expect(revisions[0].kind).toBe('reopened')
    const draft = (await person('丁').get(`/plans/${planId}`)).body.rows
    expect(draft.find((row: { name: string }) => row.name === '甲').months[5]).toBe('40')
  })

  it('counts as it became once it is published again', async () => {
    await move('publish')
    expect((await targets()).own).toBe('40')
  })
})
