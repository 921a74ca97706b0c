import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { populated, type Name, type Populated } from '#testing/walk/populated.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated
let there: Populated
const client = (name: Name, of: Populated = here): TestClient => as(of.somebody(name))

beforeAll(async () => {
  here = await populated(database, 'here', as)
  there = await populated(database, 'there', as)
})

const big = { field: 'amount', op: 'ge', value: '50' }

async function save(name: Name, more: object = {}) {
  const body = { object: 'opportunity', name: '大单', kind: 'list', definition: { filter: big }, ...more }
  return client(name).post('/views', body)
}

async function seenBy(name: Name, id: string, of: Populated = here): Promise<boolean> {
  const { body } = await client(name, of).get('/views?object=opportunity')
  return body.views.some((view: { id: string }) => view.id === id)
}

describe('a saved view', () => {
  it('comes back as it was saved and changes only for who saw its newest version', async () => {
    const definition = {
      filter: { and: [big, { field: 'ownerId', op: 'eq', value: { me: true } }] },
      sort: [{ field: 'amount', descending: true }],
      columns: [{ field: 'name', width: 240, pinned: true }, { field: 'amount' }],
      group: [{ field: 'stage' }, { field: 'closedOn', by: 'quarter' }],
      density: 'compact',
      summary: [{ field: 'amount', aggregate: 'avg' }],
      kanban: { by: 'status', sum: 'amount' },
    }
    const { body: made } = await save('甲', { definition })
    expect(made).toMatchObject({
      definition,
      visibility: { to: 'private' },
      version: 1,
      gone: [],
      can: { change: true },
    })
    const renamed = await client('甲').patch(`/views/${made.id}`, { version: 1, name: '我的大单', kind: 'kanban' })
    expect(renamed.body).toMatchObject({ name: '我的大单', kind: 'kanban', definition, version: 2 })
    expect((await client('甲').patch(`/views/${made.id}`, { version: 1, name: '旧' })).code).toBe('VIEW_CHANGED')
    const { body: history } = await client('甲').get(`/views/${made.id}/history`)
    expect(history.entries.map((one: any) => [one.action, one.personName, one.after?.name])).toEqual([
      ['updated', '甲', '我的大单'],
      ['created', '甲', '大单'],
    ])
    expect((await client('甲').delete(`/views/${made.id}`)).status).toBe(204)
    expect(await seenBy('甲', made.id)).toBe(false)
  })

  it('names fields and conditions that the object has', async () => {
    const refused = [
      { columns: [{ field: 'nothing' }] },
      { filter: { field: 'amount', op: 'contains', value: 'x' } },
      { sort: [{ field: 'credits' }] },
      { kanban: { by: 'nothing' } },
    ]
    for (const definition of refused) {
      const answer = await save('甲', { definition })
      expect([answer.code, answer.body.errors?.length]).toEqual(['VIEW_INVALID', 1])
    }
    expect((await save('甲', { object: 'ghost' })).code).toBe('OBJECT_NOT_FOUND')
  })

  it('opens without a field that is gone, and says so', async () => {
    const { body: made } = await save('甲', { definition: { filter: big, columns: [{ field: 'name' }] } })
    const kept = { filter: { and: [big, { field: 'colour__c', op: 'eq', value: 'red' }] }, columns: [{ field: 'colour__c' }, { field: 'name' }] } // prettier-ignore
    await sql`update saved_view set definition = ${JSON.stringify(kept)}::jsonb where id = ${made.id}`.execute(
      database.owner,
    )
    const { body } = await client('甲').get('/views?object=opportunity')
    expect(body.views.find((view: any) => view.id === made.id)).toMatchObject({
      definition: { filter: { and: [big] }, columns: [{ field: 'name' }] },
      gone: ['colour__c'],
    })
  })
})

describe('who sees a view and may change it', () => {
  /** 甲 and 乙 (manager) stand in 东一队, 丙 in 东二队, 丁 (director) in 西一队, 管 and 营 nowhere. */
  const everyone = ['甲', '乙', '丙', '丁', '管', '营'] as const
  const table: readonly (readonly [string, Name, (units: Populated['company']['units']) => object, string, string])[] =
    [
      ['a private view', '甲', () => ({ to: 'private' }), '甲', '甲'],
      [
        'a view of the manager’s team',
        '乙',
        (units) => ({ to: 'unit', unitId: units['东一队'] }),
        '甲乙管营',
        '乙管营',
      ],
      ['a view of everybody', '营', () => ({ to: 'everybody' }), '甲乙丙丁管营', '管营'],
      ['a view of a region', '管', (units) => ({ to: 'unit', unitId: units['东区'] }), '甲乙丙管营', '管营'],
      ['a view of representatives', '管', () => ({ to: 'role', role: 'representative' }), '甲丙管营', '管营'],
    ]

  it.each(table)('%s', async (_title, maker, visibility, seers, changers) => {
    const { body: made, status } = await save(maker, { visibility: visibility(here.company.units) })
    expect(status, JSON.stringify(made)).toBe(200)
    for (const name of everyone) {
      expect([name, await seenBy(name, made.id)]).toEqual([name, seers.includes(name)])
      const answer = await client(name).patch(`/views/${made.id}`, { name: `改${name}` })
      const expected = changers.includes(name) ? 200 : seers.includes(name) ? 403 : 404
      expect([name, answer.status]).toEqual([name, expected])
    }
    expect(await seenBy('管', made.id, there)).toBe(false)
    expect((await client('管', there).delete(`/views/${made.id}`)).code).toBe('VIEW_NOT_FOUND')
    expect((await client('管', there).get(`/views/${made.id}/history`)).code).toBe('VIEW_NOT_FOUND')
    await client(maker).delete(`/views/${made.id}`)
  })

  it('shares no further than the role may', async () => {
    const { units } = here.company
    const wishes: readonly (readonly [Name, object])[] = [
      ['甲', { to: 'everybody' }],
      ['甲', { to: 'unit', unitId: units['东一队'] }],
      ['乙', { to: 'unit', unitId: units['东区'] }],
      ['乙', { to: 'unit', unitId: units['西一队'] }],
      ['乙', { to: 'everybody' }],
      ['丁', { to: 'role', role: 'manager' }],
      ['管', { to: 'unit', unitId: there.company.units['东区'] }],
    ]
    for (const [name, visibility] of wishes) {
      expect([name, (await save(name, { visibility })).code]).toEqual([name, 'SHARING_NOT_ALLOWED'])
    }
    const { sharing } = (await client('乙').get('/views?object=opportunity')).body
    expect(sharing).toEqual({ units: [{ id: units['东一队'], name: '东一队' }], everybody: false })
  })

  it('lets a role begin with one view, and a person with another', async () => {
    const role = { visibility: { to: 'role', role: 'manager' } }
    const { body: ofRole } = await save('营', { ...role, name: '经理' })
    expect(await save('管', role)).toMatchObject({
      code: 'ROLE_HAS_VIEW',
      body: { title: expect.stringContaining('经理') },
    })
    const { body: own } = await save('乙')
    const firstOf = async (name: Name) =>
      (await client(name).get('/views?object=opportunity')).body.views.find((view: any) => view.isFirst)?.id
    expect([await firstOf('乙'), await firstOf('甲')]).toEqual([ofRole.id, undefined])
    await client('乙').put('/views/first', { object: 'opportunity', viewId: own.id })
    expect(await firstOf('乙')).toBe(own.id)
    expect((await client('甲').put('/views/first', { object: 'opportunity', viewId: own.id })).code).toBe(
      'VIEW_NOT_FOUND',
    )
    await client('乙').put('/views/first', { object: 'opportunity', viewId: null })
    expect(await firstOf('乙')).toBe(ofRole.id)
  })
})
