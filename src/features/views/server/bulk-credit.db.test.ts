import { beforeAll, expect, it } from 'vitest'
import { runBulk } from '#platform/bulk/run-bulk.ts'
import { verifyLedger } from '#platform/ledger/index.ts'
import { undoOperation } from '#platform/records/undo-operation.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { populated, type Name, type Populated } from '#testing/walk/populated.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated
let office: TestClient

beforeAll(async () => {
  here = await populated(database, 'here', as)
  office = as(here.somebody('管'))
})

interface Node {
  readonly personId: string | null
  readonly actual: string
  readonly children: readonly Node[]
}

/** What a person achieved in March, by the tree of tiers. */
async function achieved(metric: string, name: Name): Promise<string> {
  const { body } = await office.get(`/metrics/${metric}/tree?period=2026-M03`)
  const below = (node: Node): readonly Node[] => [node, ...node.children.flatMap(below)]
  const own = below(body).filter(({ personId }) => personId === here.people[name])
  return own.map(({ actual }) => actual).join(' ')
}

async function transfer(object: string, id: string, to: Name, asked: Record<string, unknown> = {}) {
  const run = await office.post(`/records/${object}/bulk`, { ids: [id], ownerId: here.people[to], ...asked })
  expect(run.status, JSON.stringify(run.body)).toBe(200)
  await runBulk(here.company.as('管', 'administrator'), run.body.id)
  return run.body
}

const read = async (object: string, id: string) => (await office.get(`/records/${object}/${id}`)).body

async function undoLast(object: string, id: string): Promise<void> {
  const { entries } = (await office.get(`/records/${object}/${id}/history`)).body
  await office.post(`/operations/${entries[0].run.operationId}/undo`)
  await undoOperation(here.company.ctx, entries[0].run.operationId)
}

it.each([
  ['opportunity', 'signed_amount'],
  ['order', 'sales_amount'],
])('a transfer of %s leaves what was achieved with who made it', async (object, metric) => {
  const id = here.records[object]?.甲 ?? ''
  const before = await read(object, id)
  const [own, others] = [await achieved(metric, '甲'), await achieved(metric, '丁')]
  expect(own).not.toBe('')
  expect(others).not.toBe('')
  await transfer(object, id, '丁')
  const moved = await read(object, id)
  expect([moved.ownerId, moved.credits]).toEqual([here.people['丁'], [{ person: here.people['甲'], percent: '100' }]])
  expect([await achieved(metric, '甲'), await achieved(metric, '丁')]).toEqual([own, others])

  await undoLast(object, id)
  const back = await read(object, id)
  expect([back.ownerId, back.credits]).toEqual([before.ownerId, before.credits])
  expect([await achieved(metric, '甲'), await achieved(metric, '丁')]).toEqual([own, others])
  expect(await verifyLedger(here.company.ctx)).toEqual([])
})

it('moves what was achieved if that is wished, and undo brings it back', async () => {
  const id = here.records['opportunity']?.甲 ?? ''
  const own = await achieved('signed_amount', '甲')
  const run = await transfer('opportunity', id, '丁', { keepsCredit: false })
  expect(run.keepsCredit).toBe(false)
  expect((await read('opportunity', id)).credits).toBeNull()
  expect(await achieved('signed_amount', '甲')).not.toBe(own)
  await undoLast('opportunity', id)
  expect(await achieved('signed_amount', '甲')).toBe(own)
})

it('a single change of the owner leaves what was achieved with who made it if that is wished, and undo brings it back', async () => {
  const id = here.records['opportunity']?.甲 ?? ''
  const [own, others] = [await achieved('signed_amount', '甲'), await achieved('signed_amount', '丁')]
  const change = async (more: object) => {
    const { body } = await office.patch(`/records/opportunity/${id}`, {
      values: { ownerId: here.people['丁'] },
      ...more,
    })
    return body
  }
  const undoNewest = async () => {
    const { entries } = (await office.get(`/records/opportunity/${id}/history`)).body
    expect((await office.post(`/records/opportunity/${id}/history/${entries[0].id}/undo`, {})).status).toBe(200)
  }
  expect(await change({ keepsCredit: true })).toMatchObject({
    ownerId: here.people['丁'],
    credits: [{ person: here.people['甲'], percent: '100' }],
  })
  expect([await achieved('signed_amount', '甲'), await achieved('signed_amount', '丁')]).toEqual([own, others])
  await undoNewest()
  expect(await read('opportunity', id)).toMatchObject({ ownerId: here.people['甲'], credits: null })
  expect(await change({})).toMatchObject({ ownerId: here.people['丁'], credits: null })
  expect(await achieved('signed_amount', '甲')).not.toBe(own)
  await undoNewest()
  const { objects } = (await office.get('/objects')).body
  expect(objects.find(({ key }: { key: string }) => key === 'opportunity').settled).toMatchObject({ field: 'status' })
})

it('an open deal goes to its new owner with whatever comes of it', async () => {
  const values = { name: '未结', stage: here.company.stages['Proposal'], ownerId: here.people['甲'] }
  const { id } = (await office.post('/records/opportunity', { values })).body
  await transfer('opportunity', id, '丁')
  expect((await read('opportunity', id)).credits).toBeNull()
})
