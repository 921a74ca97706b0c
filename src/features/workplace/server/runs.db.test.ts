import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { limitCalls } from '#platform/outside/post.ts'
import { testApp } from '#testing/test-app.ts'
import { buildPerson } from '#testing/workplace/directory.ts'
import { clockOf, littleDirectory, openOffice, type Office } from '#testing/workplace/office.ts'
import { startWorkplace } from '#testing/workplace/start.ts'
import { resumeSyncs } from './ask-for-run.ts'

const clock = { day: '2026-06-15' }
const { database, as } = await testApp({ now: clockOf(clock) })

beforeAll(() => limitCalls({ allowsPrivate: true, timeoutMs: 1000 }))
afterAll(() => limitCalls({ allowsPrivate: false, timeoutMs: 10_000 }))

let office: Office
let count = 0

/** Each its own company, in step with its directory. */
beforeEach(async () => {
  clock.day = '2026-06-15'
  count += 1
  const workplace = await startWorkplace('wecom', littleDirectory('wecom'))
  office = await openOffice({ database, as, clock }, `runs-${count}`, workplace)
  await office.connect()
  const { run } = await office.sync()
  expect(run.state).toBe('done')
  return () => workplace.close()
})

const theirs = (name: string) =>
  office.workplace.directory.people.find((one) => one.name === name) ?? expect.fail(`${name} is not there`)
const leaving = (...names: string[]) => {
  const { directory } = office.workplace
  directory.people = directory.people.filter(({ name }) => !names.includes(name))
}
const connection = async () =>
  (await office.client.get('/workplaces')).body.connections.find((one: { brand: string }) => one.brand === 'wecom')

describe('a run', () => {
  it('changes nothing and says so where their directory shows nobody', async () => {
    const before = await office.standing()
    office.workplace.directory.people = []
    const { run, changes } = await office.sync()
    expect(run).toMatchObject({ state: 'failed', problem: { en: expect.stringContaining('no person') } })
    expect(changes).toEqual([])
    expect(await office.standing()).toEqual(before)
    const { lastSuccessAt, lastFailureAt, lastFailure } = await connection()
    expect([lastSuccessAt, lastFailureAt]).not.toContain(null)
    expect(lastFailure).toEqual(run.problem)
    expect((await office.client.get('/workplaces/wecom/runs')).body.runs.map((one: any) => one.state)).toEqual([
      'failed',
      'done',
    ])
  })

  it('changes nothing where they answer without what was asked, or break off while people are read', async () => {
    const before = await office.standing()
    office.workplace.refuse('empty', { on: 'departments' })
    expect((await office.sync()).run.state).toBe('failed')
    office.workplace.welcome()
    office.workplace.refuse('http500', { on: 'people', after: 2 })
    expect((await office.sync()).run.state).toBe('failed')
    expect(await office.standing()).toEqual(before)
    office.workplace.welcome()
    expect((await office.sync()).run).toMatchObject({ state: 'done', problem: null })
  }, 30_000)

  it('says in words what administrators have to mend, with what the brand said', async () => {
    office.workplace.refuse('ip')
    const { run } = await office.sync()
    expect(run).toMatchObject({ state: 'failed', problem: { zh: expect.stringContaining('IP') } })
    expect(run.detail).toContain('60020')
  })

  it('goes on with a new token where theirs is over', async () => {
    office.workplace.expireTokens()
    expect((await office.sync()).run.state).toBe('done')
  })

  it('is held where it would deactivate more than people expect, until somebody confirms', async () => {
    const { directory } = office.workplace
    const crowd = Array.from({ length: 8 }, (_, at) =>
      buildPerson({ id: `more${at}`, name: `多${at}`, departmentIds: ['4'] }),
    )
    directory.people.push(...crowd)
    expect((await office.sync()).run.counts.peopleAdded).toBe(8)
    const before = await office.standing()
    leaving(...crowd.slice(0, 6).map(({ name }) => name))
    const held = await office.sync()
    expect(held.run).toMatchObject({ state: 'held', counts: { peopleDeactivated: 6 } })
    expect(held.kinds).toEqual(Array.from({ length: 6 }, () => 'person-deactivated'))
    expect(await office.standing()).toEqual(before)
    expect((await connection()).lastFailure).toEqual(held.run.problem)
    const confirmed = await office.sync({ isPreview: false, confirm: true })
    expect(confirmed.run).toMatchObject({ state: 'done', counts: { peopleDeactivated: 6 } })
    expect(Object.keys(await office.standing())).toHaveLength(Object.keys(before).length - 6)
  })

  it('does the rest where a line fails, and says why', async () => {
    await office.client.post('/org/people', { name: '占', email: 'taken@xinghe.example' })
    Object.assign(theirs('贾'), { email: 'taken@xinghe.example' })
    Object.assign(theirs('王'), { name: '王二' })
    const { run, changes } = await office.sync()
    expect(run).toMatchObject({ state: 'partly', counts: { peopleChanged: 1, failed: 1 } })
    expect(changes.find(({ problem }) => problem)).toMatchObject({
      name: '贾',
      problem: { en: 'Somebody of the company has it already' },
    })
    expect(Object.keys(await office.standing())).toContain('王二')
  })

  it('goes on where it broke off, and does nothing twice', async () => {
    const { directory } = office.workplace
    for (const name of ['新一', '新二', '新三'])
      directory.people.push(buildPerson({ id: name, name, departmentIds: ['4'] }))
    await sql`
      create function stumble() returns trigger language plpgsql as $$
      begin
        if new.name = '新二' then raise exception 'the server is shutting down' using errcode = '57P01'; end if;
        return new;
      end $$`.execute(database.owner)
    await sql`create trigger stumble before insert on person for each row execute function stumble()`.execute(
      database.owner,
    )
    const { body: asked } = await office.client.post('/workplaces/wecom/runs', { isPreview: false })
    await expect(office.workOff()).rejects.toThrow('shutting down')
    await sql`drop trigger stumble on person`.execute(database.owner)
    await sql`drop function stumble()`.execute(database.owner)
    const path = `/workplaces/wecom/runs/${asked.id}`
    expect((await office.client.get(path)).body.run).toMatchObject({ state: 'running', counts: { peopleAdded: 1 } })

    await resumeSyncs(office.company.ctx)
    await office.workOff()
    const { run, changes } = (await office.client.get(path)).body
    expect(run).toMatchObject({ state: 'done', counts: { peopleAdded: 3, failed: 0 } })
    expect(changes.map(({ name }: { name: string }) => name)).toEqual(['新一', '新二', '新三'])
    expect((await office.sync()).changes).toEqual([])
  })

  it('is one at a time: asked again it is the same, asked for another kind it is waited for', async () => {
    const ask = (body: object) => office.client.post('/workplaces/wecom/runs', body)
    const first = await ask({ isPreview: false })
    expect((await ask({ isPreview: false })).body.id).toBe(first.body.id)
    expect(await ask({ isPreview: true })).toMatchObject({ status: 409, code: 'WORKPLACE_BUSY' })
    await office.workOff()
    expect((await ask({ isPreview: true })).status).toBe(202)
    await office.workOff()
  })

  it('shows its changes 200 at a time', async () => {
    const { directory } = office.workplace
    const crowd = Array.from({ length: 230 }, (_, at) =>
      buildPerson({ id: `c${at}`, name: `众${at}`, departmentIds: ['4'] }),
    )
    directory.people.push(...crowd)
    const { run, changes } = await office.sync({ isPreview: true })
    expect(changes).toHaveLength(230)
    const { body } = await office.client.get(`/workplaces/wecom/runs/${run.id}`)
    expect([body.changes.length, body.next]).toEqual([200, 200])
  })
})

describe('people', () => {
  it('who left are deactivated at once, head nothing, and come back as they were known', async () => {
    const lin = await office.personId('林')
    leaving('林')
    office.day = '2026-06-16'
    const left = await office.sync()
    expect(left.run, JSON.stringify(left.changes)).toMatchObject({ state: 'done', counts: { peopleDeactivated: 1 } })
    const { body } = await office.client.get(`/org/people/${lin}`)
    expect(body).toMatchObject({ isActive: false, heads: [] })
    // Whoever leads the unit still sees what was left behind.
    expect(body.assignments.some(({ to }: { to: string | null }) => to === null)).toBe(true)
    expect((await office.sync()).changes).toEqual([])

    office.workplace.directory.people.push(littleDirectory('wecom').people[0] ?? expect.fail('nobody'))
    const back = await office.sync()
    expect(back.run).toMatchObject({ state: 'done', counts: { peopleAdded: 1 } })
    expect((await office.client.get(`/org/people/${lin}`)).body).toMatchObject({
      isActive: true,
      heads: [{ name: '华东' }],
    })
    expect(await office.standing()).toMatchObject({ 林: '华东+客服' })
  })

  it('whom somebody deactivated here stay so, which is shown and no failure', async () => {
    const gu = await office.personId('顾')
    await office.client.post(`/org/people/${gu}/deactivate`)
    const { run, changes } = await office.sync()
    expect(run).toMatchObject({ state: 'done', counts: { failed: 0 } })
    expect(changes).toMatchObject([{ name: '顾', problem: { en: expect.stringContaining('so it stays') } }])
    expect((await office.client.get(`/org/people/${gu}`)).body.isActive).toBe(false)
  })

  it('the last administrator of whom stays, whatever the directory says', async () => {
    Object.assign(theirs('何'), { email: `boss@runs-${count}.example` })
    await sql`delete from workplace_link where external_id = 'he'`.execute(database.owner)
    await sql`update person set is_active = false where name = '何'`.execute(database.owner)
    expect((await office.sync()).run.counts).toMatchObject({ peopleLinked: 1 })
    leaving('何')
    const { run, changes } = await office.sync()
    expect(run).toMatchObject({ state: 'partly', counts: { failed: 1, peopleDeactivated: 0 } })
    expect(changes.find(({ problem }) => problem)?.problem?.zh).toContain('管理员')
    expect((await office.client.get('/me')).status).toBe(200)
  })
})

describe('a department', () => {
  it('that is gone stays while somebody stands in it, and is there again when it is back', async () => {
    const { directory } = office.workplace
    const { client } = office
    const units = async () => (await client.get('/org/tree')).body.units
    const nanjing = (await units()).find(({ name }: { name: string }) => name === '南京')
    const { body: own } = await client.post('/org/people', { name: '外', unitId: nanjing.id })
    const gone = directory.departments.filter(({ name }) => name === '南京')
    directory.departments = directory.departments.filter(({ name }) => name !== '南京')
    for (const name of ['顾', '王']) Object.assign(theirs(name), { departmentIds: ['4'] })
    const kept = await office.sync()
    expect(kept.run).toMatchObject({ state: 'done', counts: { unitsClosed: 0 } })
    expect(kept.changes.at(-1)).toMatchObject({
      kind: 'unit-closed',
      name: '南京',
      problem: { en: expect.any(String) },
    })

    await sql`delete from assignment where person_id = ${own.id}`.execute(database.owner)
    expect((await office.sync()).run.counts.unitsClosed).toBe(1)
    directory.departments.push(...gone)
    const back = await office.sync()
    expect(back.run).toMatchObject({ state: 'done', counts: { unitsAdded: 1 } })
    expect((await units()).find(({ name }: { name: string }) => name === '南京').id).toBe(nanjing.id)
    expect((await office.sync()).changes).toEqual([])
  })

  it('stands below the unit that was chosen, and moves along when another is', async () => {
    const { units } = office.company
    await office.connect({ unitId: units['西区'] })
    const { run } = await office.sync()
    expect(run).toMatchObject({ state: 'done', counts: { unitsMoved: 2 } })
    expect(await office.tree()).toEqual(expect.arrayContaining(['华东 < 西区', '客服 < 西区']))
    expect(await office.standing()).toMatchObject({ 何: '西区' })
  })

  it('that the sync begins at is all that is read', async () => {
    await office.connect({ rootDepartment: '2' })
    const { run } = await office.sync({ isPreview: true })
    expect(run.counts).toMatchObject({ departmentsRead: 2, unitsClosed: 1 })
  })
})

describe('every night', () => {
  it('what is to be kept in step is, and whoever can mend it is told where that failed', async () => {
    const nightly = async () => {
      await sql`select graphile_worker.add_job('workplace.nightly', json_build_object('companyId', ${office.company.ctx.company.id}::text))`.execute(
        database.owner,
      )
      await office.workOff('workplace.nightly')
      await office.workOff()
      return (await office.client.get('/workplaces/wecom/runs')).body.runs
    }
    const [run] = await nightly()
    expect(run).toMatchObject({ state: 'done', startedBy: 'schedule' })
    office.workplace.refuse('scope')
    office.day = '2026-06-16'
    expect((await nightly())[0]).toMatchObject({ state: 'failed', startedBy: 'schedule' })
    const { notices } = (await office.client.get('/notices')).body
    expect(JSON.stringify(notices)).toContain('WeCom')

    await office.connect({ isSyncOn: false })
    expect(await nightly()).toHaveLength(3)
  })
})
