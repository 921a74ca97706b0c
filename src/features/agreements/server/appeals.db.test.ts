import { sql } from 'kysely'
import { pino } from 'pino'
import { beforeAll, describe, expect, it } from 'vitest'
import { sumOf } from '#engine/money/decimal.ts'
import type { Role } from '#engine/policy/role.ts'
import { newId } from '#platform/db/new-id.ts'
import { dispatchOnce } from '#platform/events/dispatch.ts'
import { allJobs } from '#platform/jobs/jobs.ts'
import { createRecord } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'

let clock = '2026-06-15'
const now = () => new Date(`${clock}T04:00:00Z`)
const { database, as } = await testApp({ now })
const house = { db: database.db, log: pino({ level: 'silent' }), now }
let company: SmallCompany
let planId = ''

const unit = (name: string) => company.units[name] ?? ''
const person = (name: string) => as({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })
const node = (name: string, of: string) => `${unit(of)}.${company.people[name]}`
const setRole = (name: string, role: Role) =>
  sql`update person set role = ${role} where id = ${company.people[name]}`.execute(database.owner)
const setHead = (name: string, of: string) =>
  sql`update unit set head_id = ${company.people[name]} where id = ${unit(of)}`.execute(database.owner)
const noticesOf = async (name: string): Promise<string[]> => {
  while (await dispatchOnce(house));
  return (await person(name).get('/notices')).body.notices.map(({ text }: { text: string }) => text)
}
const versionOfPlan = async (): Promise<number> => (await person('丁').get(`/plans/${planId}`)).body.plan.version
const monthsOf = async (id: string): Promise<string[]> =>
  (await person('丁').get(`/plans/${planId}`)).body.rows.find((row: { id: string }) => row.id === id).months
/** Decides as somebody who saw what it does to the plan. */
const decide = async (name: string, id: string, decision: object) =>
  person(name).post(`/appeals/${id}/decide`, { planVersion: await versionOfPlan(), ...decision })
const lodge = (name: string, of: string, wish: object = {}) =>
  person(name).post('/appeals', {
    planId,
    node: node(name, of),
    from: 7,
    asked: '480',
    reasons: '大客户停产',
    evidence: [2025, 2026],
    ...wish,
  })

/** Somebody new, who leads 西一队. */
async function headOfWest() {
  const id = newId()
  const at = { company: company.ctx.company.id, unit: unit('西一队') }
  await sql`insert into person (company_id, id, name, role) values (${at.company}, ${id}, '戊', 'manager')`.execute(
    database.owner,
  )
  await sql`
    insert into assignment (company_id, id, structure_id, person_id, unit_id)
    select company_id, gen_random_uuid(), structure_id, ${id}, id from unit where id = ${at.unit}`.execute(
    database.owner,
  )
  await sql`update unit set head_id = ${id} where id = ${at.unit}`.execute(database.owner)
  return as({ companyId: at.company, personId: id })
}

beforeAll(async () => {
  company = await smallCompany(database)
  for (const [name, role] of [
    ['甲', 'representative'],
    ['乙', 'manager'],
    ['丙', 'manager'],
    ['丁', 'operations'],
  ] as const) {
    await setRole(name, role)
  }
  await setHead('乙', '东一队')
  await setHead('丙', '东区')
  await createRecord(company.ctx, 'opportunity', {
    name: '去年的单子',
    stage: company.stages['Won'],
    amount: '70',
    closedOn: '2025-03-05',
    ownerId: company.people['甲'],
  })
  const made = await person('丁').post('/plans', {
    metric: 'signed_amount',
    year: 2026,
    total: '9600',
    cascade: { season: 'even', headsCarry: true },
  })
  planId = made.body.plan.id
})

describe('an appeal', () => {
  it('is for targets that bind: of a draft one proposes instead', async () => {
    expect(await lodge('甲', '东一队')).toMatchObject({ status: 404, code: 'PLAN_NOT_FOUND' })
    await person('丁').post(`/plans/${planId}/publish`, { version: 1 })
    await person('丁').post(`/plans/${planId}/path`, { version: 2, act: 'lock' })
  })

  it('is for the own target, from a period that is not over, to another figure', async () => {
    expect((await lodge('甲', '东一队', { node: node('乙', '东一队') })).code).toBe('NODE_NOT_FOUND')
    expect((await lodge('乙', '东一队', { node: node('甲', '东一队') })).code).toBe('APPEAL_NOT_YOURS')
    expect(await lodge('甲', '东一队', { from: 5 })).toMatchObject({ code: 'PERIOD_OVER' })
    const [first] = await monthsOf(node('甲', '东一队'))
    const same = await lodge('甲', '东一队', { asked: String(Number(first) * 6) })
    expect(same).toMatchObject({ code: 'APPEAL_INVALID', body: { errors: [{ field: 'asked', code: 'same' }] } })
  })

  it('goes to the head of the unit with the own history, which is told and cannot be told twice', async () => {
    const lodged = await lodge('甲', '东一队')
    expect(lodged).toMatchObject({
      status: 201,
      body: {
        appeal: {
          state: 'open',
          name: '甲',
          standing: '600',
          asked: '480',
          decideBy: '2026-06-22',
          decider: { name: '乙' },
        },
      },
    })
    expect((await lodge('甲', '东一队')).code).toBe('APPEAL_OPEN')
    expect(await noticesOf('乙')).toContainEqual(expect.stringContaining('甲 appealed against the target 2026'))
    const { body } = await person('乙').get(`/appeals/${lodged.body.appeal.id}`)
    expect(body.reasons).toBe('大客户停产')
    expect(body.evidence.map(({ year }: { year: number }) => year)).toEqual([2025, 2026])
    expect(body.evidence[0].periods[2]).toMatchObject({ key: '2025-M03', actual: '70' })
    expect((await person('乙').get('/appeals?list=decide')).body.appeals).toHaveLength(1)
    expect((await person('甲').get('/appeals?list=decide')).body.appeals).toEqual([])
  })

  it('is decided by nobody else, and seen by nobody beside', async () => {
    const { id, version } = (await person('甲').get('/appeals')).body.appeals[0]
    const decision = { version, verdict: 'refused', reason: 'x' }
    expect((await person('甲').post(`/appeals/${id}/decide`, decision)).code).toBe('NOT_THE_DECIDER')
    await setRole('丙', 'representative')
    await setHead('丁', '东区')
    expect((await person('丙').get(`/appeals/${id}`)).code).toBe('APPEAL_NOT_FOUND')
    expect((await person('丙').get('/appeals?list=all')).body.appeals).toEqual([])
    await setRole('丙', 'manager')
    await setHead('丙', '东区')
    expect((await person('丙').get(`/appeals/${id}`)).body.appeal.can).toMatchObject({ decide: false })
    expect((await person('丙').post(`/appeals/${id}/decide`, decision)).code).toBe('NOT_THE_DECIDER')
  })

  it('shows who would carry the difference before it is decided', async () => {
    const { id } = (await person('乙').get('/appeals?list=decide')).body.appeals[0]
    const siblings = await person('乙').post(`/appeals/${id}/preview`, { total: '480', carry: 'siblings' })
    expect(siblings.body.rows.map(({ name, restBefore, restAfter }: any) => [name, restBefore, restAfter])).toEqual([
      ['乙', '600', '720'],
      ['甲', '600', '480'],
    ])
    const above = await person('乙').post(`/appeals/${id}/preview`, { total: '480', carry: 'parents' })
    expect(above).toMatchObject({ status: 422, code: 'AMENDMENT_REFUSED' })
    expect(above.body.title).toContain('set by the tier above')
    expect((await person('甲').post(`/appeals/${id}/preview`, { total: '480', carry: 'siblings' })).code).toBe(
      'NOT_THE_DECIDER',
    )
    expect(await monthsOf(node('甲', '东一队'))).toEqual(Array(12).fill('100'))
  })

  it('that is granted amends the locked plan from its period on, and keeps the earlier figure', async () => {
    const { id, version } = (await person('乙').get('/appeals?list=decide')).body.appeals[0]
    const planVersion = await versionOfPlan()
    const stale = { version, verdict: 'granted', planVersion: planVersion - 1, reason: '属实' }
    expect((await person('乙').post(`/appeals/${id}/decide`, stale)).code).toBe('PLAN_CHANGED')
    const decided = await person('乙').post(`/appeals/${id}/decide`, { ...stale, planVersion })
    expect(decided.body.appeal).toMatchObject({ state: 'granted', granted: '480', decidedBy: { name: '乙' } })
    expect(await monthsOf(node('甲', '东一队'))).toEqual([...Array(6).fill('100'), ...Array(6).fill('80')])
    expect(await monthsOf(node('乙', '东一队'))).toEqual([...Array(6).fill('100'), ...Array(6).fill('120')])
    expect(await monthsOf(unit('东一队'))).toEqual(Array(12).fill('200'))
    const { amendments } = (await person('甲').get(`/plans/${planId}/amendments`)).body
    expect(amendments).toMatchObject([
      { fromDay: '2026-07-01', before: Array(12).fill('100'), appealId: id, reason: '属实', by: { name: '乙' } },
    ])
    expect(await noticesOf('甲')).toContainEqual(expect.stringContaining('乙 decided your appeal'))
    const again = await person('乙').post(`/appeals/${id}/decide`, { ...stale, planVersion: planVersion + 1 })
    expect(again.code).toBe('APPEAL_ENDED')
    const { steps } = (await person('甲').get(`/appeals/${id}`)).body
    expect(steps.map(({ kind, by, comment }: any) => [kind, by.name, comment])).toEqual([
      ['lodged', '甲', '大客户停产'],
      ['granted', '乙', '属实'],
    ])
  })

  it('is refused or granted in part with a reason; a part says how much', async () => {
    const { id, version } = (await lodge('甲', '东一队', { asked: '300' })).body.appeal
    const silent = await decide('乙', id, { version, verdict: 'partly', reason: '一半' })
    expect(silent).toMatchObject({ code: 'APPEAL_INVALID', body: { errors: [{ field: 'total', code: 'required' }] } })
    for (const total of ['480.00', '300.0', '200', '4800', '481']) {
      const beside = await decide('乙', id, { version, verdict: 'partly', total, reason: '一半' })
      expect([total, beside.body.errors]).toMatchObject([total, [{ field: 'total', code: 'not-in-part' }]])
    }
    const unseen = { version, verdict: 'partly', total: '420', reason: '一半' }
    expect(await person('乙').post(`/appeals/${id}/decide`, unseen)).toMatchObject({
      code: 'APPEAL_INVALID',
      body: { errors: [{ field: 'planVersion', code: 'required' }] },
    })
    const noReason = await person('乙').post(`/appeals/${id}/decide`, { version, verdict: 'refused', reason: ' ' })
    expect(noReason).toMatchObject({ status: 400, body: { errors: [{ field: 'reason' }] } })
    const part = { version, verdict: 'partly', total: '420', reason: '一半' }
    expect((await decide('乙', id, part)).body.appeal).toMatchObject({
      state: 'partly',
      granted: '420',
    })
    const next = (await lodge('甲', '东一队', { asked: '100' })).body.appeal
    const refused = await person('乙').post(`/appeals/${next.id}/decide`, {
      version: next.version,
      verdict: 'refused',
      reason: '没有依据',
    })
    expect(refused.body.appeal).toMatchObject({ state: 'refused', granted: null })
    expect(await monthsOf(node('甲', '东一队'))).toEqual([...Array(6).fill('100'), ...Array(6).fill('70')])
  })

  it('of the manager goes to the next tier, whose head it is handed up from in turn', async () => {
    const own = (await lodge('乙', '东一队', { asked: '1' })).body.appeal
    expect(own).toMatchObject({ decider: { name: '丙' } })
    const whole = (await lodge('乙', '东一队', { node: unit('东一队'), asked: '600' })).body.appeal
    expect(whole).toMatchObject({ name: '东一队', decider: { name: '丙' } })
    const decision = { version: whole.version, verdict: 'granted', carry: 'siblings', reason: '同意' }
    expect((await person('乙').post(`/appeals/${whole.id}/decide`, decision)).code).toBe('NOT_THE_DECIDER')
    expect((await decide('丙', whole.id, decision)).body.appeal.state).toBe('granted')
    expect((await monthsOf(unit('东一队'))).slice(6)).toEqual(Array(6).fill('100'))
    const up = await person('丙').post(`/appeals/${own.id}/escalate`, { version: own.version, comment: '超出权限' })
    expect(up.body.appeal).toMatchObject({ decider: null, can: { decide: false } })
    expect(await noticesOf('丁')).toContainEqual(expect.stringContaining('乙 appealed'))
    const raised = await decide('丁', own.id, {
      version: own.version + 1,
      verdict: 'granted',
      carry: 'parents',
      reason: '由公司承担',
    })
    expect(raised.body.appeal.state).toBe('granted')
  })

  it('is withdrawn by whoever lodged it, and nobody else', async () => {
    const { id, version } = (await lodge('甲', '东一队', { asked: '60' })).body.appeal
    expect((await person('乙').post(`/appeals/${id}/withdraw`, { version })).code).toBe('APPEAL_NOT_YOURS')
    expect((await person('甲').post(`/appeals/${id}/withdraw`, { version })).body.appeal.state).toBe('withdrawn')
    expect((await person('甲').post(`/appeals/${id}/withdraw`, { version })).code).toBe('APPEAL_ENDED')
  })

  it('that is due is reminded of, and ends with the term of the plan', async () => {
    await person('丁').patch(`/plans/${planId}/path`, { appealDays: 2 })
    const { id, version } = (await lodge('甲', '东一队', { asked: '60' })).body.appeal
    await allJobs().get('agreements.remind')?.(company.ctx, {})
    expect(await noticesOf('乙')).toContainEqual(expect.stringContaining('is to be decided by 2026-06-17'))
    await person('甲').post(`/appeals/${id}/withdraw`, { version })
    await person('丁').patch(`/plans/${planId}/path`, { appealsUntil: '2026-06-14' })
    expect(await lodge('甲', '东一队', { asked: '60' })).toMatchObject({ status: 409, code: 'APPEALS_OVER' })
  })

  it('that waits beyond its first period is granted all the same, from the period that was asked for', async () => {
    await person('丁').patch(`/plans/${planId}/path`, { appealsUntil: null })
    const before = await monthsOf(node('甲', '东一队'))
    const { id, version, standing } = (await lodge('甲', '东一队', { from: 6, asked: '70' })).body.appeal
    clock = '2026-07-20'
    const preview = await person('乙').post(`/appeals/${id}/preview`, { total: '70', carry: 'siblings' })
    expect(preview.body.rows).toContainEqual(
      expect.objectContaining({ name: '甲', restBefore: standing, restAfter: '70' }),
    )
    const late = await decide('乙', id, { version, verdict: 'granted', reason: '属实' })
    expect(late.body.appeal).toMatchObject({ state: 'granted', granted: '70' })
    const after = await monthsOf(node('甲', '东一队'))
    expect(after.slice(0, 5)).toEqual(before.slice(0, 5))
    expect(sumOf(after.slice(5))).toBe('70')
    // What was over when it was lodged stays closed to appeals and amendments.
    expect((await lodge('甲', '东一队', { from: 6, asked: '60' })).code).toBe('PERIOD_OVER')
    clock = '2026-06-15'
    await person('丁').patch(`/plans/${planId}/path`, { appealsUntil: '2026-06-14' })
  })

  it('is handed on by a head who cannot change the row', async () => {
    await person('丁').patch(`/plans/${planId}/path`, { appealsUntil: null })
    await setRole('乙', 'representative')
    const { id, version } = (await lodge('甲', '东一队', { asked: '50' })).body.appeal
    const waiting = (await person('乙').get('/appeals?list=decide')).body.appeals
    expect(waiting).toMatchObject([{ id, can: { decide: false, escalate: true } }])
    expect((await decide('乙', id, { version, verdict: 'refused', reason: 'x' })).code).toBe('NOT_THE_DECIDER')
    const up = await person('乙').post(`/appeals/${id}/escalate`, { version, comment: '请上级决定' })
    expect(up.body.appeal).toMatchObject({ id, decider: null, can: { decide: false, escalate: false } })
    const ended = await decide('丙', id, { version: version + 1, verdict: 'refused', reason: '没有依据' })
    expect(ended.body.appeal.state).toBe('refused')
    await setRole('乙', 'manager')
    await person('丁').patch(`/plans/${planId}/path`, { appealsUntil: '2026-06-14' })
  })

  it('is shown beside the own targets, with what may be done now', async () => {
    const { targets } = (await person('甲').get('/my-targets?year=2026')).body
    expect(targets).toMatchObject([
      { name: '甲', kind: 'person', firstOpen: 6, appealClosed: 'Appeals ended on 2026-06-14' },
    ])
  })

  it('is found among many, page by page, also by whom most of them do not concern', async () => {
    const copies = (count: number, of: string) =>
      sql`
        insert into appeal (company_id, id, plan_id, unit_id, person_id, appellant_id, from_period, standing, asked, reasons,
          at_unit_id, state, decide_by, created_at)
        select company_id, gen_random_uuid(), plan_id, unit_id, person_id, appellant_id, from_period, standing, asked,
          reasons, at_unit_id, 'withdrawn', decide_by, created_at
        from appeal, generate_series(1, ${count}::int) where id = ${of}::uuid`.execute(database.owner)
    const [{ id: own }] = (await person('甲').get('/appeals')).body.appeals
    const idsOf = async (who: ReturnType<typeof person>, list: string) => {
      const found: string[] = []
      let pages = 0
      for (let before: string | null = ''; before !== null;) {
        const { body } = await who.get(`/appeals?list=${list}${before && `&before=${before}`}`)
        found.push(...body.appeals.map(({ id }: { id: string }) => id))
        before = body.next
        pages += 1
      }
      expect(new Set(found).size).toBe(found.length)
      return { count: found.length, pages }
    }
    await copies(700, own)
    const all = Number((await sql<{ n: string }>`select count(*) as n from appeal`.execute(database.owner)).rows[0]?.n)
    expect((await idsOf(person('丁'), 'all')).count).toBe(all)
    // Who leads 西一队 and sees plans of it alone: none of these, and no request reads them all.
    const west = await idsOf(await headOfWest(), 'all')
    expect(west.count).toBe(0)
    expect(west.pages).toBeGreaterThan(1)
    const mine = await idsOf(person('甲'), 'all')
    expect(mine.count).toBe((await idsOf(person('甲'), 'mine')).count)
    expect(mine.count).toBeGreaterThan(700)
  })

  it('shows nothing to another company', async () => {
    const other = await smallCompany(database, { slug: 'other' })
    const stranger = as({ companyId: other.ctx.company.id, personId: other.people['甲'] ?? '' })
    const { id } = (await person('甲').get('/appeals')).body.appeals[0]
    expect((await stranger.get(`/appeals/${id}`)).code).toBe('APPEAL_NOT_FOUND')
    expect((await stranger.get('/appeals?list=all')).body.appeals).toEqual([])
    expect((await stranger.get(`/plans/${planId}/proposals`)).code).toBe('PLAN_NOT_FOUND')
  })
})
