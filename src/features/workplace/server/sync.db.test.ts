import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workplaceBrands, type WorkplaceBrand } from '#engine/contract/workplace.ts'
import { newId } from '#platform/db/new-id.ts'
import { systemContext, findCompany } from '#platform/db/system.ts'
import { allJobs } from '#platform/jobs/jobs.ts'
import { limitCalls } from '#platform/outside/post.ts'
import { createRecord } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type Answer, type TestClient } from '#testing/test-app.ts'
import { buildPerson, departmentId, type TestDirectory } from '#testing/workplace/directory.ts'
import { startWorkplace, type Workplace } from '#testing/workplace/start.ts'

let day = '2026-06-15'
const now = () => new Date(`${day}T04:00:00Z`)
const { database, as } = await testApp({ now })

beforeAll(() => limitCalls({ allowsPrivate: true, timeoutMs: 1000 }))
afterAll(() => limitCalls({ allowsPrivate: false, timeoutMs: 10_000 }))

/** A company with its administrator 管, who stands in no unit. */
async function office(slug: string) {
  const company = await smallCompany(database, { slug })
  const boss = newId()
  await sql`insert into person (company_id, id, name, role, email) values
    (${company.ctx.company.id}, ${boss}, '管', 'administrator', ${`boss@${slug}.example`})`.execute(database.owner)
  return { company, boss, client: as({ companyId: company.ctx.company.id, personId: boss }) }
}

/** What the queue would do, on the day that it is. */
async function workOff(company: SmallCompany): Promise<void> {
  const { rows } = await sql<{ task: string; payload: Record<string, unknown> }>`
    delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
    where t.id = j.task_id and t.identifier = 'workplace.sync' returning t.identifier as task, j.payload`.execute(
    database.owner,
  )
  const found = await findCompany(database.db, { id: company.ctx.company.id })
  if (!found) throw new Error('the company is gone')
  const ctx = systemContext({ db: database.db, log: company.ctx.log, now }, found)
  for (const { task, payload } of rows) await allJobs().get(task)?.(ctx, payload)
}

/** Everybody by name: where they stand today, main unit first. */
async function standing(company: SmallCompany): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string; units: string }>`
    select p.name, string_agg(u.name, '+' order by a.is_main desc, u.name) as units
    from person p join assignment a on a.company_id = p.company_id and a.person_id = p.id
      and a.from_day <= ${day}::date and a.to_day > ${day}::date
    join unit u on u.company_id = a.company_id and u.id = a.unit_id
    where p.company_id = ${company.ctx.company.id} and p.is_active group by p.id, p.name`.execute(database.owner)
  return Object.fromEntries(rows.map(({ name, units }) => [name, units]))
}

/** Units of today as `child < parent`. */
async function tree(company: SmallCompany): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select u.name || ' < ' || p.name as line from unit_parent up
    join unit u on u.company_id = up.company_id and u.id = up.unit_id
    join unit p on p.company_id = up.company_id and p.id = up.parent_id
    where up.company_id = ${company.ctx.company.id} and up.from_day <= ${day}::date and up.to_day > ${day}::date
    order by 1`.execute(database.owner)
  return rows.map(({ line }) => line)
}

interface Connected {
  readonly company: SmallCompany
  readonly boss: string
  readonly client: TestClient
  readonly workplace: Workplace
}

async function connect({ client, workplace }: Pick<Connected, 'client' | 'workplace'>, more: object = {}) {
  const { corpId, appId, secret, server } = workplace.app
  const wish = { corpId, appId, secret, server, isSignInOn: false, isSyncOn: true, rootDepartment: null, unitId: null }
  const { connections } = (await client.get('/workplaces')).body
  const { version } = connections.find((one: { brand: string }) => one.brand === workplace.brand)
  const saved = await client.put(`/workplaces/${workplace.brand}`, {
    ...wish,
    role: 'representative',
    version,
    ...more,
  })
  expect(saved.status, JSON.stringify(saved.body)).toBe(200)
  return saved.body
}

/** Syncs and answers the run with all of its changes. */
async function sync({ client, company, workplace }: Connected, body: object = { isPreview: false }) {
  const path = `/workplaces/${workplace.brand}/runs`
  const asked: Answer = await client.post(path, body)
  expect(asked.status, JSON.stringify(asked.body)).toBe(202)
  await workOff(company)
  const changes: any[] = []
  for (let after: number | null = 0; after !== null;) {
    const { body: page } = await client.get(`${path}/${asked.body.id}?after=${after}`)
    changes.push(...page.changes)
    after = page.next
  }
  const { run } = (await client.get(`${path}/${asked.body.id}`)).body
  return { run, changes, kinds: changes.map(({ kind }: { kind: string }) => kind) }
}

/** 华东 with 南京 below it, 客服, and eight people. */
function directoryOf(brand: WorkplaceBrand): TestDirectory {
  const id = (number: number) => departmentId(brand, number)
  const department = (number: number, parent: number | null, name: string) => ({
    id: id(number),
    parentId: parent === null ? null : id(parent),
    name,
    order: number,
  })
  return {
    departments: [
      department(0, null, '星河公司'),
      department(1, 0, '华东'),
      department(2, 1, '南京'),
      department(3, 0, '客服'),
    ],
    people: [
      buildPerson({ id: 'lin', name: '林', departmentIds: [id(1), id(3)], leads: [id(1)], mobile: '+8613900000001' }),
      buildPerson({ id: 'gu', name: '顾', departmentIds: [id(2)], email: 'Gu@xinghe.example', position: '销售' }),
      buildPerson({ id: 'wang', name: '王', departmentIds: [id(2)] }),
      buildPerson({ id: 'he', name: '何', departmentIds: [id(0)] }),
      buildPerson({ id: 'jia', name: '贾', departmentIds: [id(3)], mobile: '+8613900000009' }),
      buildPerson({ id: 'frozen', name: '冻', departmentIds: [id(3)], isActive: false }),
    ],
  }
}

describe.each(workplaceBrands)('the sync with %s', (brand) => {
  const id = (number: number) => departmentId(brand, number)
  let workplace: Workplace
  let at: Connected

  beforeAll(async () => {
    day = '2026-06-15'
    workplace = await startWorkplace(brand, directoryOf(brand))
    at = { ...(await office(`all-${brand}`)), workplace }
    await sql`update person set phone = '13900000009' where company_id = ${at.company.ctx.company.id} and name = '甲'`.execute(
      database.owner,
    )
    await connect(at)
  })
  afterAll(() => workplace.close())

  it('foresees what it would do, and does nothing', async () => {
    const before = await tree(at.company)
    const { run, kinds } = await sync(at, { isPreview: true })
    expect(run).toMatchObject({ state: 'done', isPreview: true, startedBy: 'person', problem: null })
    expect(run.counts).toMatchObject({ unitsAdded: 3, peopleAdded: 4, peopleLinked: 1, peopleMoved: 1, failed: 0 })
    expect(kinds).toContain('head-changed')
    expect(await tree(at.company)).toEqual(before)
  })

  it('brings units and people of the directory, and knows again who was there', async () => {
    const { run, changes } = await sync(at)
    expect(run, JSON.stringify(changes.filter(({ problem }) => problem))).toMatchObject({ state: 'done' })
    expect(await tree(at.company)).toEqual(expect.arrayContaining(['华东 < 公司', '南京 < 华东', '客服 < 公司']))
    expect(await standing(at.company)).toMatchObject({
      林: '华东+客服',
      顾: '南京',
      王: '南京',
      何: '公司',
      贾: '客服',
    })
    const { units } = (await at.client.get('/org/tree')).body
    expect(units.find(({ name }: { name: string }) => name === '华东')).toMatchObject({ headName: '林' })
    const [list] = (await at.client.get('/workplaces')).body.connections.filter((one: any) => one.brand === brand)
    expect(list).toMatchObject({ linkedPeople: 5, linkedUnits: 3, lastFailure: null })
    expect(list.lastSuccessAt).not.toBeNull()
  })

  it('changes nothing when nothing changed there', async () => {
    const { run, changes } = await sync(at)
    expect(changes).toEqual([])
    expect(run).toMatchObject({ state: 'done', counts: { departmentsRead: 4, failed: 0 } })
  })

  it('follows moves, names and leavers from today on; results of before stay where they were', async () => {
    const { company, client } = at
    const { rows } = await sql<{ id: string; name: string }>`
      select id, name from person where company_id = ${company.ctx.company.id}`.execute(database.owner)
    const personId = (name: string) => rows.find((row) => row.name === name)?.id ?? ''
    const unitId = async (name: string) =>
      (await client.get('/org/tree')).body.units.find((unit: { name: string }) => unit.name === name)?.id
    const won = { name: '压铸机', amount: '100', closedOn: '2026-06-15', stage: company.stages['Won'] }
    await createRecord(company.ctx, 'opportunity', { ...won, ownerId: personId('顾') })
    const nanjing = await unitId('南京')
    const wang = as({ companyId: company.ctx.company.id, personId: personId('王') })
    expect((await wang.get('/me')).status).toBe(200)

    day = '2026-06-16'
    const { directory } = workplace
    const person = (name: string) => directory.people.find((one) => one.name === name) ?? expect.fail(name)
    const department = (name: string) => directory.departments.find((one) => one.name === name) ?? expect.fail(name)
    Object.assign(person('顾'), { departmentIds: [id(3)], name: '顾拾' })
    Object.assign(person('林'), { departmentIds: [id(1)] })
    directory.people = directory.people.filter(({ name }) => name !== '王')
    Object.assign(department('客服'), { name: '客户成功', parentId: id(1) })
    directory.departments = directory.departments.filter(({ name }) => name !== '南京')
    const { run, changes } = await sync(at)
    expect(run, JSON.stringify(changes.filter(({ problem }) => problem))).toMatchObject({
      state: 'done',
      counts: {
        unitsMoved: 1,
        unitsRenamed: 1,
        unitsClosed: 1,
        peopleMoved: 2,
        peopleChanged: 1,
        peopleDeactivated: 1,
      },
    })
    expect(await tree(company)).toContain('客户成功 < 华东')
    expect((await tree(company)).join()).not.toContain('南京')
    expect(await standing(company)).toMatchObject({ 顾拾: '客户成功', 林: '华东' })
    expect(await standing(company)).not.toHaveProperty('王')
    expect((await wang.get('/me')).status).toBe(401)
    const figure = async (node: string) =>
      (await client.get(`/metrics/signed_amount/tree?period=2026&node=${node}`)).body
    expect(JSON.stringify(await figure(nanjing))).toContain('100')
    expect((await sync(at)).changes).toEqual([])
  })
})
