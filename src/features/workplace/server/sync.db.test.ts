import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workplaceBrands } from '#engine/contract/workplace.ts'
import { limitCalls } from '#platform/outside/post.ts'
import { testApp } from '#testing/test-app.ts'
import { departmentId } from '#testing/workplace/directory.ts'
import { clockOf, littleDirectory, openOffice, type Office } from '#testing/workplace/office.ts'
import { startWorkplace } from '#testing/workplace/start.ts'

const clock = { day: '2026-06-15' }
const { database, as } = await testApp({ now: clockOf(clock) })

beforeAll(() => limitCalls({ allowsPrivate: true, timeoutMs: 1000 }))
afterAll(() => limitCalls({ allowsPrivate: false, timeoutMs: 10_000 }))

describe.each(workplaceBrands)('the sync with %s', (brand) => {
  const id = (number: number) => departmentId(brand, number)
  let office: Office

  beforeAll(async () => {
    clock.day = '2026-06-15'
    const workplace = await startWorkplace(brand, littleDirectory(brand))
    office = await openOffice({ database, as, clock }, `all-${brand}`, workplace)
    await sql`update person set phone = '13900000009' where id = ${office.company.people['甲']}`.execute(database.owner)
    await office.connect()
  })
  afterAll(() => office.workplace.close())

  it('foresees what it would do, and does nothing', async () => {
    const before = await office.tree()
    const { run, kinds } = await office.sync({ isPreview: true })
    expect(run).toMatchObject({ state: 'done', isPreview: true, startedBy: 'person', problem: null })
    expect(run.counts).toMatchObject({ unitsAdded: 3, peopleAdded: 4, peopleLinked: 1, peopleMoved: 1, failed: 0 })
    expect(kinds).toContain('head-changed')
    expect(await office.tree()).toEqual(before)
  })

  it('brings units and people of the directory, and knows again who was there', async () => {
    const { run, changes } = await office.sync()
    expect(run, JSON.stringify(changes.filter(({ problem }) => problem))).toMatchObject({ state: 'done' })
    expect(await office.tree()).toEqual(expect.arrayContaining(['华东 < 公司', '南京 < 华东', '客服 < 公司']))
    expect(await office.standing()).toMatchObject({
      林: '华东+客服',
      顾: '南京',
      王: '南京',
      何: '公司',
      贾: '客服',
    })
    const { units } = (await office.client.get('/org/tree')).body
    expect(units.find(({ name }: { name: string }) => name === '华东')).toMatchObject({ headName: '林' })
    const [list] = (await office.client.get('/workplaces')).body.connections.filter((one: any) => one.brand === brand)
    expect(list).toMatchObject({ linkedPeople: 5, linkedUnits: 3, lastFailure: null })
    expect(list.lastSuccessAt).not.toBeNull()
  })

  it('changes nothing when nothing changed there', async () => {
    const { run, changes } = await office.sync()
    expect(changes).toEqual([])
    expect(run).toMatchObject({ state: 'done', counts: { departmentsRead: 4, failed: 0 } })
  })

  it('follows moves, names and leavers from today on; results of before stay where they were', async () => {
    const { company, workplace } = office
    const win = async (name: string, amount: string, owner: string) => {
      const values = { name, amount, closedOn: office.day, stage: company.stages['Won'] }
      const { status } = await office.client.post('/records/opportunity', {
        values: { ...values, ownerId: await office.personId(owner) },
      })
      expect(status).toBe(201)
    }
    await win('压铸机', '100', '顾')
    const wang = office.as(await office.personId('王'))
    expect((await wang.get('/me')).status).toBe(200)

    office.day = '2026-06-16'
    const { directory } = workplace
    const person = (name: string) => directory.people.find((one) => one.name === name) ?? expect.fail(name)
    const department = (name: string) => directory.departments.find((one) => one.name === name) ?? expect.fail(name)
    Object.assign(person('顾'), { departmentIds: [id(3)], name: '顾拾' })
    Object.assign(person('林'), { departmentIds: [id(1)] })
    directory.people = directory.people.filter(({ name }) => name !== '王')
    Object.assign(department('客服'), { name: '客户成功', parentId: id(1) })
    directory.departments = directory.departments.filter(({ name }) => name !== '南京')
    const { run, changes } = await office.sync()
    expect(run, JSON.stringify(changes)).toMatchObject({
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
    expect(await office.tree()).toContain('客户成功 < 华东')
    expect((await office.tree()).join()).not.toContain('南京')
    expect(await office.standing()).toMatchObject({ 顾拾: '客户成功', 林: '华东' })
    // What 王 left behind is seen by who leads the unit above the one that closed.
    const { rows: left } = await sql<{ unit: string }>`
      select u.name as unit from assignment a join unit u on u.company_id = a.company_id and u.id = a.unit_id
      join person p on p.company_id = a.company_id and p.id = a.person_id
      where a.company_id = ${company.ctx.company.id} and p.name = '王' and a.to_day = 'infinity'`.execute(
      database.owner,
    )
    expect(left).toEqual([{ unit: '华东' }])
    expect((await wang.get('/me')).status).toBe(401)
    await win('冲床', '7', '顾拾')
    const { rows } = await sql<{ unit: string; amount: string }>`
      select u.name as unit, sum(r.numerator)::numeric::text as amount from ledger_row r
      join unit u on u.company_id = r.company_id and u.id = r.unit_id
      where r.company_id = ${company.ctx.company.id} and r.metric = 'signed_amount' group by u.name order by 1`.execute(
      database.owner,
    )
    expect(rows.map(({ unit, amount }) => [unit, Number(amount)])).toEqual([
      ['南京', 100],
      ['客户成功', 7],
    ])
    expect((await office.sync()).changes).toEqual([])
  })
})
