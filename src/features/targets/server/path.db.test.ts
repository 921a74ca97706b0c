import { sql } from 'kysely'
import { pino } from 'pino'
import { beforeAll, describe, expect, it } from 'vitest'
import { sumOf } from '#engine/money/decimal.ts'
import type { Role } from '#engine/policy/role.ts'
import { dispatchOnce } from '#platform/events/dispatch.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'

const now = () => new Date('2026-06-15T04:00:00Z')
const { database, as } = await testApp({ now })
const house = { db: database.db, log: pino({ level: 'silent' }), now }
let company: SmallCompany

const person = (name: string) => as({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })
const node = (name: string, of: string) => `${company.units[of]}.${company.people[name]}`

async function setRole(name: string, role: Role): Promise<void> {
  await sql`update person set role = ${role} where id = ${company.people[name]}`.execute(database.owner)
}

beforeAll(async () => {
  company = await smallCompany(database)
  await setRole('丁', 'director')
  await setRole('丙', 'operations')
  await setRole('乙', 'manager')
  await sql`update unit set head_id = ${company.people['乙']} where id = ${company.units['东区']}`.execute(
    database.owner,
  )
})

let years = 2026
async function newPlan(options?: object): Promise<{ id: string; version: number }> {
  const wish = { metric: 'signed_amount', year: years, total: '12000' }
  years += 1
  const made = await person('丙').post('/plans', wish)
  const { id, version } = made.body.plan
  if (options) expect((await person('丙').patch(`/plans/${id}/path`, options)).status).toBe(200)
  return { id, version }
}

const move = (name: string, id: string, version: number, act: string, comment?: string) =>
  person(name).post(`/plans/${id}/path`, { version, act, ...(comment === undefined ? {} : { comment }) })
const noticesOf = async (name: string): Promise<string[]> => {
  while (await dispatchOnce(house));
  const { body } = await person(name).get('/notices')
  return body.notices.map(({ text }: { text: string }) => text)
}

describe('the path of a plan', () => {
  it('is short unless it is made longer: a draft is published in one step', async () => {
    const { id, version } = await newPlan()
    expect((await move('丙', id, version, 'submit')).code).toBe('PLAN_NEEDS_NO_REVIEW')
    const published = await person('丙').post(`/plans/${id}/publish`, { version })
    expect(published.body.plan.status).toBe('published')
    expect((await person('丙').post(`/plans/${id}/publish`, { version: version + 1 })).code).toBe('PLAN_ACT_NOT_NOW')
  })

  it('goes through a review: sent back with a comment, approved by another, published', async () => {
    const { id, version } = await newPlan({ asksReview: true })
    expect((await move('丙', id, version, 'publish')).code).toBe('PLAN_REVIEW_FIRST')
    expect((await move('丙', id, version, 'submit')).body.plan).toMatchObject({
      status: 'in_review',
      can: { edit: false },
    })
    expect(await noticesOf('丁')).toContainEqual(expect.stringContaining('丙 submitted the plan'))
    const locked = Array.from({ length: 12 }, (_, at) => at === 0)
    const change = { reason: 'x', rows: [{ node: company.units['东一队'], locked }] }
    const frozen = await person('丁').patch(`/plans/${id}`, { version: version + 1, ...change })
    expect(frozen).toMatchObject({ status: 409, code: 'PLAN_IN_REVIEW' })
    expect((await person('丙').delete(`/plans/${id}`)).code).toBe('PLAN_PUBLISHED')

    const silent = await move('丁', id, version + 1, 'sendBack')
    expect(silent).toMatchObject({ status: 422, body: { errors: [{ field: 'comment' }] } })
    expect((await move('丁', id, version + 1, 'sendBack', '东区太高')).body.plan.status).toBe('draft')
    expect(await noticesOf('丙')).toContainEqual(expect.stringContaining('东区太高'))
    expect((await person('丙').patch(`/plans/${id}`, { version: version + 2, ...change })).status).toBe(200)
    await move('丙', id, version + 3, 'submit', '已调整')
    expect((await move('丁', id, version + 4, 'approve')).body.plan.status).toBe('approved')
    expect((await person('丙').patch(`/plans/${id}`, { version: version + 5, ...change })).code).toBe('PLAN_APPROVED')
    expect((await move('丙', id, version + 5, 'publish')).body.plan.status).toBe('published')

    const { body } = await person('丁').get(`/plans/${id}/revisions`)
    expect(body.revisions.map(({ kind, by, reason }: any) => [kind, by.name, reason])).toEqual([
      ['published', '丙', null],
      ['approved', '丁', null],
      ['submitted', '丙', '已调整'],
      ['changed', '丙', 'x'],
      ['sent-back', '丁', '东区太高'],
      ['submitted', '丙', null],
      ['created', '丙', null],
    ])
  })

  it('says who may do what, and why not', async () => {
    const { id, version } = await newPlan({ asksReview: true })
    await move('丙', id, version, 'submit')
    expect((await person('甲').get(`/plans/${id}/path`)).code).toBe('PLAN_NOT_FOUND')
    const { body } = await person('乙').get(`/plans/${id}/path`)
    expect(body.acts.find(({ act }: { act: string }) => act === 'approve')).toEqual({
      act: 'approve',
      may: false,
      why: 'Plans are reviewed by those who hold “Review target plans”, or by the head of the top unit',
    })
    expect((await move('甲', id, version + 1, 'approve')).code).toBe('NOT_THE_REVIEWER')
    expect((await move('乙', id, version + 1, 'withdraw')).code).toBe('PLAN_MANAGERS_ONLY')
    expect((await person('乙').patch(`/plans/${id}/path`, { asksReview: false })).code).toBe('PERMISSION_MISSING')
    expect((await person('丙').patch(`/plans/${id}/path`, { asksReview: false })).code).toBe('PLAN_IN_REVIEW')
    await sql`update unit set head_id = ${company.people['甲']} where id = ${company.units['公司']}`.execute(
      database.owner,
    )
    expect((await move('甲', id, version + 1, 'approve')).body.plan.status).toBe('approved')
    await sql`update unit set head_id = null where id = ${company.units['公司']}`.execute(database.owner)
  })

  it('wants four eyes where there are others: who submitted does not approve', async () => {
    const { id, version } = await newPlan({ asksReview: true })
    await move('丁', id, version, 'submit')
    await setRole('丙', 'director')
    expect((await move('丁', id, version + 1, 'approve')).code).toBe('OWN_REVIEW')
    await setRole('丙', 'operations')
    expect((await move('丁', id, version + 1, 'approve')).status).toBe(200)
  })

  it('shows the reviewer what is different from the plan as it was published', async () => {
    const { id, version } = await newPlan({ asksReview: true })
    await move('丙', id, version, 'submit')
    await move('丁', id, version + 1, 'approve')
    await move('丙', id, version + 2, 'publish')
    const closed = await person('丙').patch(`/plans/${id}`, {
      version: version + 3,
      reason: 'x',
      rows: [{ node: 'x' }],
    })
    expect(closed.code).toBe('PLAN_REVIEWED')
    expect((await move('丙', id, version + 3, 'reopen')).status).toBe(422)
    await move('丙', id, version + 3, 'reopen', '甲调岗')
    const months = (first: string) => Array.from({ length: 12 }, (_, at) => (at === 0 ? first : null))
    const rows = [
      { node: node('甲', '东一队'), months: months('100') },
      { node: node('乙', '东一队'), months: months('150') },
    ]
    const saved = await person('丙').patch(`/plans/${id}`, { version: version + 4, reason: '甲少一些', rows })
    expect(saved.status).toBe(200)
    await move('丙', id, version + 5, 'submit')
    const { body } = await person('丁').get(`/plans/${id}/path/differences`)
    expect(body.since).toBe(version + 3)
    expect(body.rows).toMatchObject([
      { name: '甲', before: '1500', after: '1475', periods: [{ before: '125', after: '100' }] },
      { name: '乙', before: '1500', after: '1525' },
    ])
    // Who does not work on plans sees what is in force, and so nothing of the draft.
    expect((await person('甲').get(`/plans/${id}/path/differences`)).body.rows).toEqual([])
  })
})

describe('a locked plan', () => {
  it('changes by a dated amendment alone, and keeps what was before', async () => {
    years = 2026
    const existing = (await person('丙').get('/plans?metric=signed_amount&year=2026')).body.plans[0]
    const { id, version } = existing
    expect((await move('丙', id, version, 'lock')).body.plan.status).toBe('locked')
    const rows = [{ node: node('甲', '东一队'), locked: Array.from({ length: 12 }, () => true) }]
    expect((await person('丙').patch(`/plans/${id}`, { version: version + 1, reason: 'x', rows })).code).toBe(
      'PLAN_LOCKED',
    )
    expect((await person('丙').post(`/plans/${id}/refresh`, { version: version + 1 })).code).toBe('PLAN_LOCKED')
    const target = node('甲', '东一队')
    const asked = { node: target, from: 7, total: '600', carry: 'siblings' }
    const preview = await person('丙').post(`/plans/${id}/amendments/preview`, asked)
    expect(preview.body.rows.map(({ name, restBefore, restAfter }: any) => [name, restBefore, restAfter])).toEqual([
      ['甲', '750', '600'],
      ['乙', '750', '900'],
    ])
    expect((await person('丙').get(`/plans/${id}`)).body.plan.version).toBe(version + 1)
    const amended = await person('丙').post(`/plans/${id}/amendments`, {
      ...asked,
      version: version + 1,
      reason: '休产假',
    })
    expect(amended.body.plan.version).toBe(version + 2)
    const shown = (await person('丙').get(`/plans/${id}`)).body.rows
    const mine = shown.find((row: { id: string }) => row.id === target)
    expect(mine.months).toEqual([...Array(6).fill('125'), ...Array(6).fill('100')])
    for (const row of shown) {
      const below = shown.filter(({ parentId }: { parentId: string }) => parentId === row.id)
      if (below.length > 0) expect(sumOf(below.flatMap((child: any) => child.months))).toBe(sumOf(row.months))
    }
    const { amendments } = (await person('甲').get(`/plans/${id}/amendments`)).body
    expect(amendments).toMatchObject([
      { name: '甲', fromDay: '2026-07-01', before: Array(12).fill('125'), reason: '休产假', by: { name: '丙' } },
    ])
    expect(await noticesOf('甲')).toContainEqual(expect.stringContaining('丙 changed your target'))
  })

  it('is not amended for what is over, beyond reach, or without the permission', async () => {
    const { id, version } = (await person('丙').get('/plans?metric=signed_amount&year=2026')).body.plans[0]
    const asked = { node: node('甲', '东一队'), from: 5, total: '1', carry: 'siblings' }
    expect(await person('丙').post(`/plans/${id}/amendments/preview`, asked)).toMatchObject({
      code: 'PERIOD_OVER',
      body: { errors: [{ field: 'from' }] },
    })
    const alone = { ...asked, node: node('丙', '东二队'), from: 7 }
    const refused = await person('丙').post(`/plans/${id}/amendments/preview`, alone)
    expect(refused).toMatchObject({ status: 422, code: 'AMENDMENT_REFUSED' })
    expect(refused.body.title).toContain('no sibling')
    const stale = await person('丙').post(`/plans/${id}/amendments`, {
      ...asked,
      from: 7,
      version: version - 1,
      reason: 'x',
    })
    expect(stale.code).toBe('PLAN_CHANGED')
    expect((await person('乙').post(`/plans/${id}/amendments/preview`, asked)).code).toBe('PERMISSION_MISSING')
  })
})
