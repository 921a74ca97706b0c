import { beforeAll, describe, expect, it } from 'vitest'
import type { RecordAction } from '#engine/model/object-type.ts'
import type { Role } from '#engine/policy/role.ts'
import { testApp, type Answer, type TestClient } from '#testing/test-app.ts'
import { populated, type Name, type Populated } from '#testing/walk/populated.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated
const clients = new Map<Role, TestClient>()

const people: Readonly<Record<Role, Name>> = {
  administrator: '管',
  operations: '营',
  director: '丁',
  manager: '乙',
  representative: '甲',
}

beforeAll(async () => {
  here = await populated(database, 'here', as)
  for (const [role, name] of Object.entries(people)) clients.set(role as Role, as(here.somebody(name)))
})

type Rights = Readonly<Record<RecordAction, string>>

/** Who may do what: a letter per role in the order of `roles`, `-` for none. */
const everyday: Rights = {
  read: 'AODMR',
  create: 'AODMR',
  update: 'AODMR',
  transfer: 'AODMR',
  delete: 'AODMR',
  import: 'AODM-',
  export: 'AODM-',
}
const configuration: Rights = {
  read: 'AODMR',
  create: 'AO---',
  update: 'AO---',
  transfer: 'AO---',
  delete: 'AO---',
  import: 'AO---',
  export: 'AODM-',
}
const table: Readonly<Record<string, Rights>> = {
  account: everyday,
  contact: everyday,
  opportunity: everyday,
  order: everyday,
  payment: everyday,
  refund: everyday,
  activity: everyday,
  task: everyday,
  product: configuration,
  stage: configuration,
}

let number = 0

/** What makes a new record of each object, with references that everybody in the test reaches. */
function valuesOf(object: string): Record<string, unknown> {
  number += 1
  const [name, day] = [`新-${number}`, '2026-05-05']
  const order = here.records['order']?.['甲']
  const each: Readonly<Record<string, Record<string, unknown>>> = {
    account: { name },
    contact: { name },
    opportunity: { name, stage: here.company.stages['Proposal'] },
    order: { code: name, amount: '1', orderedOn: day },
    payment: { order, amount: '1', receivedOn: day },
    refund: { order, amount: '1', refundedOn: day },
    activity: { kind: 'call', subject: name, doneOn: day },
    task: { subject: name },
    product: { name },
    stage: { name, nameEn: name, kind: 'open', position: '9', probability: '5' },
  }
  return each[object] ?? {}
}

/** The text field by which a record of the object is changed. */
const changeOf: Readonly<Record<string, string>> = { product: 'series', stage: 'nameEn', refund: 'reason' }

const acts: Readonly<Record<RecordAction, (client: TestClient, object: string, id: string) => Promise<Answer>>> = {
  read: (client, object, id) => client.get(`/records/${object}/${id}`),
  create: (client, object) => client.post(`/records/${object}`, { values: valuesOf(object) }),
  update: (client, object, id) =>
    client.patch(`/records/${object}/${id}`, { values: { [changeOf[object] ?? 'note']: `改-${(number += 1)}` } }),
  transfer: (client, object, id) =>
    client.patch(`/records/${object}/${id}`, { values: { [changeOf[object] ?? 'note']: `转-${(number += 1)}` } }),
  delete: (client, object, id) => client.delete(`/records/${object}/${id}`),
  import: (client, object) => client.get(`/imports/templates/${object}?format=csv`),
  export: (client, object) => client.post(`/records/${object}/export`, { format: 'csv' }),
}

const roleNames = ['administrator', 'operations', 'director', 'manager', 'representative'] as const

describe.each(Object.entries(table))('%s', (object, rights) => {
  it.each(roleNames.map((role, at) => [role, at] as const))('by a %s', async (role, at) => {
    const client = clients.get(role) ?? expect.fail(role)
    const shown = await client.get('/objects')
    const { can } = shown.body.objects.find((one: { key: string }) => one.key === object)
    const made = await clients.get('administrator')?.post(`/records/${object}`, {
      values: { ...valuesOf(object), ...(rights === everyday ? { ownerId: here.people[people[role]] } : {}) },
    })
    const { id } = made?.body ?? expect.fail('not made')
    for (const [action, who] of Object.entries(rights) as [RecordAction, string][]) {
      const isAllowed = who[at] !== '-'
      const answer = await acts[action](client, object, id)
      const told = [action, answer.status < 300, can[action]]
      expect(told, JSON.stringify(answer.body)).toEqual([action, isAllowed, isAllowed])
      if (!isAllowed) expect([action, answer.status]).toEqual([action, 403])
      if (action !== 'delete') continue
      const back = await client.post(`/records/${object}/${id}/restore`)
      expect(['restore', back.status]).toEqual(['restore', isAllowed ? 200 : 403])
    }
  })
})

it('the table knows every object that the API shows', async () => {
  const shown = await clients.get('representative')?.get('/objects')
  expect(shown?.body.objects.map((one: { key: string }) => one.key).sort()).toEqual(Object.keys(table).sort())
})

describe('records of colleagues', () => {
  const seen: readonly (readonly [Role, string])[] = [
    ['administrator', '甲乙丙丁'],
    ['operations', '甲乙丙丁'],
    ['director', '甲乙丙丁'],
    ['manager', '甲乙'],
    ['representative', '甲'],
  ]
  it.each(seen)('a %s reaches those of %s', async (role, owners) => {
    const client = clients.get(role) ?? expect.fail(role)
    for (const object of Object.keys(table).filter((key) => table[key] === everyday)) {
      for (const name of ['甲', '乙', '丙', '丁'] as const) {
        const { status } = await client.get(`/records/${object}/${here.records[object]?.[name]}`)
        expect([object, name, status]).toEqual([object, name, owners.includes(name) ? 200 : 404])
      }
    }
  })
})
