import { sql } from 'kysely'
import { expect } from 'vitest'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import type { SyncChange, SyncRun } from '#features/workplace/contract.ts'
import { newId } from '#platform/db/new-id.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { allJobs } from '#platform/jobs/jobs.ts'
import { smallCompany, type SmallCompany } from '../small-company.ts'
import type { TestApp, TestClient } from '../test-app.ts'
import { buildPerson, departmentId, type TestDirectory } from './directory.ts'
import type { Workplace } from './start.ts'

/** A company, its administrator 管 who stands in no unit, and the workplace that it is connected to. */
export interface Office {
  readonly company: SmallCompany
  readonly boss: string
  readonly client: TestClient
  readonly workplace: Workplace
  /** The day that it is; tests turn it over. */
  day: string
  as(personId: string): TestClient
  connect(more?: object): Promise<any>
  /** Asks for a run, works it off and answers it with all of its changes. */
  sync(body?: object): Promise<{ run: SyncRun; changes: SyncChange[]; kinds: string[] }>
  /** Does what the queue would do. */
  workOff(task?: string): Promise<void>
  /** Where active people stand today, main unit first, by name. */
  standing(): Promise<Record<string, string>>
  /** Units of today as `child < parent`. */
  tree(): Promise<string[]>
  personId(name: string): Promise<string>
}

interface House extends Pick<TestApp, 'database' | 'as'> {
  readonly clock: { day: string }
}

/** The clock of a house whose day tests turn over. */
export const clockOf = (clock: { readonly day: string }) => () => new Date(`${clock.day}T04:00:00Z`)

export async function openOffice({ database, as, clock }: House, slug: string, workplace: Workplace): Promise<Office> {
  const company = await smallCompany(database, { slug })
  const companyId = company.ctx.company.id
  const boss = newId()
  await sql`insert into person (company_id, id, name, role, email)
    values (${companyId}, ${boss}, '管', 'administrator', ${`boss@${slug}.example`})`.execute(database.owner)
  const client = as({ companyId, personId: boss })
  const path = `/workplaces/${workplace.brand}`

  async function connect(more: object = {}) {
    const { corpId, appId, secret, server } = workplace.app
    const wish = { isSignInOn: false, isSyncOn: true, rootDepartment: null, unitId: null, role: 'representative' }
    const { connections } = (await client.get('/workplaces')).body
    const { version } = connections.find((one: { brand: string }) => one.brand === workplace.brand)
    const saved = await client.put(path, { ...wish, corpId, appId, secret, server, version, ...more })
    expect(saved.status, JSON.stringify(saved.body)).toBe(200)
    return saved.body
  }

  async function workOff(wanted = 'workplace.sync'): Promise<void> {
    const { rows } = await sql<{ payload: Record<string, unknown> }>`
      delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
      where t.id = j.task_id and t.identifier = ${wanted} returning j.payload`.execute(database.owner)
    const found = await findCompany(database.db, { id: companyId })
    if (!found) throw new Error('the company is gone')
    const ctx = systemContext({ db: database.db, log: company.ctx.log, now: clockOf(clock) }, found)
    for (const { payload } of rows) await allJobs().get(wanted)?.(ctx, payload)
  }

  async function sync(body: object = { isPreview: false }) {
    const asked = await client.post(`${path}/runs`, body)
    expect(asked.status, JSON.stringify(asked.body)).toBe(202)
    await workOff()
    const changes: SyncChange[] = []
    for (let after: number | null = 0; after !== null;) {
      const { body: page } = await client.get(`${path}/runs/${asked.body.id}?after=${after}`)
      changes.push(...page.changes)
      after = page.next
    }
    const { run } = (await client.get(`${path}/runs/${asked.body.id}`)).body
    return { run, changes, kinds: changes.map(({ kind }) => kind) }
  }

  async function standing() {
    const { rows } = await sql<{ name: string; units: string }>`
      select p.name, string_agg(u.name, '+' order by a.is_main desc, u.name) as units
      from person p join assignment a on a.company_id = p.company_id and a.person_id = p.id
        and a.from_day <= ${clock.day}::date and a.to_day > ${clock.day}::date
      join unit u on u.company_id = a.company_id and u.id = a.unit_id
      where p.company_id = ${companyId} and p.is_active group by p.id, p.name`.execute(database.owner)
    return Object.fromEntries(rows.map(({ name, units }) => [name, units]))
  }

  async function tree() {
    const { rows } = await sql<{ line: string }>`
      select u.name || ' < ' || p.name as line from unit_parent up
      join unit u on u.company_id = up.company_id and u.id = up.unit_id
      join unit p on p.company_id = up.company_id and p.id = up.parent_id
      where up.company_id = ${companyId} and up.from_day <= ${clock.day}::date and up.to_day > ${clock.day}::date
      order by 1`.execute(database.owner)
    return rows.map(({ line }) => line)
  }

  async function personId(name: string) {
    const { rows } = await sql<{ id: string }>`
      select id from person where company_id = ${companyId} and name = ${name}`.execute(database.owner)
    return rows[0]?.id ?? expect.fail(`nobody is called ${name}`)
  }

  return {
    ...{ company, boss, client, workplace, connect, sync, workOff, standing, tree, personId },
    get day() {
      return clock.day
    },
    set day(next) {
      clock.day = next
    },
    as: (id) => as({ companyId, personId: id }),
  }
}

/** 华东 with 南京 below it, 客服; 林 in two of them, 何 in none, and one who is frozen. */
export function littleDirectory(brand: WorkplaceBrand): TestDirectory {
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
