import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '#engine/policy/role.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let company: SmallCompany
let planId = ''

const person = (name: string) => as({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })
const node = (name: string, of: string) => `${company.units[of]}.${company.people[name]}`
const setRole = (name: string, role: Role) =>
  sql`update person set role = ${role} where id = ${company.people[name]}`.execute(database.owner)
const setHead = (name: string, of: string) =>
  sql`update unit set head_id = ${company.people[name]} where id = ${company.units[of]}`.execute(database.owner)
const version = async (): Promise<number> => (await person('丁').get(`/plans/${planId}`)).body.plan.version
const revisionsFor = async (name: string, query = '') =>
  (await person(name).get(`/plans/${planId}/revisions${query}`)).body
/** In June one gets so much more and the other so much less. */
const shift = async (reason: string, one: string, other: string, values: readonly [string, string]) => {
  const june = (value: string) => Array.from({ length: 12 }, (_, at) => (at === 5 ? value : null))
  const rows = [one, other].map((row, at) => ({ node: row, months: june(values[at] ?? '0') }))
  return person('丁').patch(`/plans/${planId}`, { version: await version(), reason, rows })
}

beforeAll(async () => {
  company = await smallCompany(database)
  await setRole('甲', 'representative')
  await setRole('乙', 'manager')
  await setRole('丙', 'manager')
  await setRole('丁', 'operations')
  await setHead('乙', '东一队')
  await setHead('丙', '东二队')
  const cascade = { method: 'equal', season: 'even', headsCarry: true }
  const made = await person('丁').post('/plans', { metric: 'signed_amount', year: 2026, total: '9600', cascade })
  planId = made.body.plan.id
  await person('丁').post(`/plans/${planId}/publish`, { version: 1 })
})

describe('the reason of a revision', () => {
  it('is told where a row in sight changed, and to those who make plans; beside, not even by whom', async () => {
    const saved = await shift('乙因病休假，调低', node('甲', '东一队'), node('乙', '东一队'), ['120', '80'])
    expect(saved.status).toBe(200)
    const told = { by: { name: '丁' }, reason: '乙因病休假，调低', isHidden: false, rows: 2 }
    expect((await revisionsFor('丁')).revisions[0]).toMatchObject(told)
    expect((await revisionsFor('乙')).revisions[0]).toMatchObject(told)
    expect((await revisionsFor('丙')).revisions[0]).toMatchObject({ by: null, reason: null, isHidden: true, rows: 0 })
    const newest = await version()
    const hidden = await person('丙').get(`/plans/${planId}/revisions/${newest}`)
    expect(hidden.body).toMatchObject({ revision: { by: null, reason: null, rows: 0 }, rows: [] })
    const late = await person('丙').patch(`/plans/${planId}`, {
      version: newest - 1,
      reason: 'x',
      rows: [{ node: node('丙', '东二队') }],
    })
    expect(late).toMatchObject({ code: 'PLAN_CHANGED', body: { details: { revisions: [{ by: null, reason: null }] } } })
    expect(JSON.stringify(late.body)).not.toContain('病')
  })

  it('of an amendment is told to those who see whom it is about, not to who carries the difference', async () => {
    const asked = { node: node('乙', '东一队'), from: 7, total: '480', carry: 'siblings' }
    const wish = { ...asked, version: await version(), reason: '乙住院' }
    expect((await person('丁').post(`/plans/${planId}/amendments`, wish)).status).toBe(200)
    expect((await revisionsFor('乙')).revisions[0]).toMatchObject({ kind: 'amended', reason: '乙住院' })
    const own = (await revisionsFor('甲')).revisions[0]
    expect(own).toMatchObject({ kind: 'amended', reason: null, rows: 1, by: { name: '丁' } })
    const { changes } = (await person('甲').get(`/plans/${planId}/changes`)).body
    expect(changes[0]).toMatchObject({ name: '甲', reason: null })
    const file = await person('甲').get(`/plans/${planId}/changes/file?format=csv`)
    expect(JSON.stringify(file.body)).not.toContain('住院')
  })

  it('of a step on the path is for those who make and review plans', async () => {
    await person('丁').post(`/plans/${planId}/path`, { version: await version(), act: 'reopen', comment: '丙要离职' })
    for (const name of ['甲', '乙']) {
      expect([name, (await revisionsFor(name)).revisions[0].reason]).toEqual([name, null])
      expect((await person(name).get(`/plans/${planId}/path`)).body.last.reason).toBeNull()
    }
    expect((await person('丁').get(`/plans/${planId}/path`)).body.last.reason).toBe('丙要离职')
  })
})

describe('the differences to what was published', () => {
  it('are told level by level', async () => {
    const at = { version: await version(), level: 'floor', percent: 80 }
    expect((await person('丁').post(`/plans/${planId}/levels`, at)).status).toBe(200)
    const { rows } = (await person('丁').get(`/plans/${planId}/path/differences`)).body
    const own = rows.filter(({ name }: { name: string }) => name === '丙')
    expect(own.map(({ level, before }: any) => [level, before])).toEqual([['floor', '0']])
  })
})

describe('the history of a plan that changed often', () => {
  it('is read to its beginning, page by page, and each revision opens', async () => {
    await sql`
      insert into plan_revision (company_id, id, plan_id, version, kind, operation_id, person_id, reason, changes)
      select company_id, gen_random_uuid(), plan_id, version + n, 'changed', operation_id, person_id, 'n ' || n, '[]'
      from plan_revision, generate_series(1, 600) n
      where plan_id = ${planId} and version = ${await version()}`.execute(database.owner)
    await sql`update plan set version = version + 600 where id = ${planId}`.execute(database.owner)
    const first = await revisionsFor('丁')
    expect([first.revisions.length, first.next]).toEqual([500, (await version()) - 499])
    const second = await revisionsFor('丁', `?before=${first.next}`)
    expect(second.next).toBeNull()
    expect(second.revisions.at(-1)).toMatchObject({ version: 1, kind: 'created' })
    const oldest = await person('丁').get(`/plans/${planId}/revisions/1`)
    expect(oldest.body.revision).toMatchObject({ version: 1, kind: 'created' })
    const { changes } = (await person('丁').get(`/plans/${planId}/changes?by=${company.people['丁']}`)).body
    expect(changes.at(-1)).toMatchObject({ version: 1, before: '0' })
  })

  it('has its amendments page by page too, with whose they are, for those who see the row', async () => {
    await sql`
      insert into plan_amendment (company_id, id, plan_id, version, unit_id, person_id, from_period, from_day, carry,
        before, after, reason, appeal_id, decided_by, at)
      select a.company_id, gen_random_uuid(), a.plan_id, a.version + n, a.unit_id, a.person_id, a.from_period, a.from_day,
        a.carry, a.before, a.after, 'n ' || n, a.appeal_id, a.decided_by, a.at
      from plan_amendment a, generate_series(10, 159) n where a.plan_id = ${planId}`.execute(database.owner)
    const listed = async (name: string, query = '') =>
      (await person(name).get(`/plans/${planId}/amendments${query}`)).body
    const first = await listed('丁')
    expect(first.amendments).toHaveLength(100)
    const second = await listed('丁', `?before=${first.next}`)
    expect([second.amendments.length, second.next]).toEqual([51, null])
    expect(second.amendments.at(-1)).toMatchObject({
      name: '乙',
      fromDay: '2026-07-01',
      reason: '乙住院',
      appealId: null,
    })
    expect((await listed('丁', `?node=${node('甲', '东一队')}`)).amendments).toEqual([])
    expect((await listed('甲')).amendments).toEqual([])
  })
})
