import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/db/new-id.ts'
import { standardCatalogue } from '#platform/records/registry.ts'
import { testApp, type Answer, type TestClient } from '#testing/test-app.ts'
import { uploadTo } from '#testing/upload.ts'
import { ask } from './ask.ts'
import { fingerprintOf } from './fingerprint.ts'
import { hintsFor } from './hints.ts'
import { markOf, populated, type Name, type Populated } from './populated.ts'
import { requestsFor } from './requests.ts'

const seed = Number(process.env['WALK_SEED'] ?? 20260615)
const runsPerRoute = 8
const now = () => new Date('2026-06-15T04:00:00Z')
const { app, database, as } = await testApp({ now })
let here: Populated
let there: Populated

beforeAll(async () => {
  here = await populated(database, 'here', as)
  there = await populated(database, 'there', as)
})

const businessObjects = () =>
  standardCatalogue()
    .all()
    .filter((object) => !object.visibleToAll)
const textOf = (answer: Answer) => (typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))

/** Who looks, as whom of which company, and whose data they must not meet. */
interface Watcher {
  readonly title: string
  client(): TestClient
  readonly hidden: readonly Name[]
}

const stranger: Watcher = {
  title: 'the administrator of another company',
  client: () => as(there.somebody('管')),
  hidden: ['甲', '乙', '丙', '丁'],
}
const insiders: readonly Watcher[] = [
  { title: 'a representative', client: () => as(here.somebody('甲')), hidden: ['乙', '丙', '丁'] },
  { title: 'a manager', client: () => as(here.somebody('乙')), hidden: ['丙', '丁'] },
]

/** Texts and contacts that belong to the hidden; names of people stand in the organisation, which everybody sees. */
const secretsOf = ({ hidden }: Watcher): readonly string[] =>
  hidden.flatMap((name) => [markOf('here', name), `${here.people[name]}@example.com`])

function expectSilence(watcher: Watcher, answer: Answer, told: string): void {
  const text = textOf(answer)
  for (const secret of secretsOf(watcher)) expect(text.includes(secret), `${told} tells ${secret}`).toBe(false)
}

describe.each([stranger, ...insiders])('$title', (watcher) => {
  it('reads no secret by any route, whatever is asked for', async () => {
    const client = watcher.client()
    const hints = hintsFor([here])
    for (const route of app.served.filter((each) => each.access !== 'public')) {
      for (const asked of fc.sample(requestsFor(route, hints), { seed, numRuns: runsPerRoute })) {
        // The own password, settings and sign-out are nobody else's matter.
        if (/\/me(\/|$)/.test(route.path)) continue
        const answer = await ask(client, route, asked, 'en')
        expectSilence(watcher, answer, `${route.method} ${route.path} ${JSON.stringify(asked).slice(0, 500)}`)
      }
    }
  }, 120_000)

  it('finds no record of the hidden by id: the answer is that of a record that never was', async () => {
    const client = watcher.client()
    for (const { key } of businessObjects()) {
      for (const name of watcher.hidden) {
        const path = `/records/${key}/${here.records[key]?.[name]}`
        const never = `/records/${key}/${newId()}`
        const acts = [
          (to: string) => client.get(to),
          (to: string) => client.get(`${to}/history`),
          (to: string) => client.patch(to, { values: { note: 'x' } }),
          (to: string) => client.patch(to, { version: 99, values: { nothing: 'x' } }),
          (to: string) => client.delete(to),
          (to: string) => client.post(`${to}/restore`),
        ]
        for (const act of acts) {
          const [asked, absent] = [await act(path), await act(never)]
          expect(asked).toMatchObject({ status: 404, code: 'RECORD_NOT_FOUND' })
          expect({ ...asked.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' })
        }
      }
    }
  })

  it('meets no file and no comment of the hidden: the answer is that of one that never was', async () => {
    const client = watcher.client()
    for (const name of watcher.hidden) {
      const [file, comment] = [here.files[name], here.comments[name]]
      const acts: readonly (readonly [string, string | undefined, (id: string | undefined) => Promise<Answer>])[] = [
        ['FILE_NOT_FOUND', file, (id) => client.get(`/files/${id}/content`)],
        ['FILE_NOT_FOUND', file, (id) => client.get(`/files/${id}/preview`)],
        ['FILE_NOT_FOUND', file, (id) => client.delete(`/files/${id}`)],
        ['FILE_NOT_FOUND', file, (id) => client.post(`/files/${id}/restore`)],
        ['COMMENT_NOT_FOUND', comment, (id) => client.patch(`/comments/${id}`, { text: 'x' })],
        ['COMMENT_NOT_FOUND', comment, (id) => client.delete(`/comments/${id}`)],
        ['COMMENT_NOT_FOUND', comment, (id) => client.post(`/comments/${id}/restore`)],
      ]
      for (const [code, id, act] of acts) {
        const [asked, absent] = [await act(id), await act(newId())]
        expect(asked).toMatchObject({ status: 404, code })
        expect({ ...asked.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' })
      }
      const path = `/records/account/${here.records['account']?.[name]}`
      for (const answer of [
        await client.get(`${path}/files`),
        await uploadTo(client, `${path}/files`, 'x.txt', 'x'),
        await client.get(`${path}/comments`),
        await client.post(`${path}/comments`, { text: 'x' }),
        await client.post(`${path}/comments/sight`, { people: [] }),
      ]) {
        expect(answer).toMatchObject({ status: 404, code: 'RECORD_NOT_FOUND' })
      }
    }
  })

  it('finds them by no filter, total, order or page either', async () => {
    const client = watcher.client()
    for (const object of businessObjects()) {
      for (const name of watcher.hidden) {
        const id = here.records[object.key]?.[name]
        const filters = [
          { field: 'id', op: 'eq', value: id },
          { field: 'ownerId', op: 'eq', value: here.people[name] },
          { field: object.title, op: 'startsWith', value: markOf('here', name) },
          { not: { field: 'ownerId', op: 'ne', value: here.people[name] } },
          {
            or: [
              { field: 'id', op: 'in', value: [id] },
              { field: object.title, op: 'contains', value: markOf('here', name) },
            ],
          },
        ]
        for (const filter of filters) {
          const listed = await client.post(`/records/${object.key}/query`, { filter })
          expect([object.key, filter, listed.status, listed.body.rows]).toEqual([object.key, filter, 200, []])
          const totals = await client.post(`/records/${object.key}/totals`, { filter, groupBy: 'ownerId' })
          expect([totals.status, totals.body.count, totals.body.groups]).toEqual([200, 0, []])
        }
      }
      const whole = await client.post(`/records/${object.key}/query`, { limit: 200 })
      expectSilence(watcher, whole, `the list of ${object.key}`)
      // The same list does show what is their own.
      if (watcher !== stranger) expect(textOf(whole)).toContain(markOf('here', '甲'))
      const groups = await client.post(`/records/${object.key}/totals`, { groupBy: object.title })
      expectSilence(watcher, groups, `the totals of ${object.key}`)
    }
  })

  it('cannot point a record of their own at one of the hidden, nor learn whether it is there', async () => {
    const client = watcher.client()
    for (const name of watcher.hidden) {
      const told = async (account: string | undefined) => {
        const answer = await client.post('/records/contact', { values: { name: '联系人', account } })
        expect(answer.status).toBe(422)
        return answer.body.errors
      }
      expect(await told(here.records['account']?.[name])).toEqual(await told(newId()))
      const given = await client.post('/records/task', { values: { subject: '任务', ownerId: newId() } })
      if (watcher === stranger || watcher.hidden.includes(name)) {
        const taken = await client.post('/records/task', { values: { subject: '任务', ownerId: here.people[name] } })
        expect([taken.status, taken.body.errors]).toEqual([422, given.body.errors])
      }
    }
  })

  it('gets no figure, record or course of the hidden, and no id of theirs in the own', async () => {
    const client = watcher.client()
    const hiddenIds = watcher.hidden.map((name) => here.people[name])
    for (const metric of ['signed_amount', 'win_rate', 'collections', 'pipeline_value', 'activities']) {
      for (const route of ['tree', 'records', 'series']) {
        const open = await client.get(`/metrics/${metric}/${route}?period=2026`)
        expect(open.status).toBe(200)
        expectSilence(watcher, open, `${metric}/${route}`)
        for (const id of hiddenIds) expect(textOf(open)).not.toContain(id)
        const nodes = [here.company.units['西区'], `${here.company.units['东二队']}.${here.people['丙']}`]
        for (const node of nodes) {
          const closed = await client.get(`/metrics/${metric}/${route}?period=2026&node=${node}`)
          expect(closed).toMatchObject({ status: 404, code: 'NODE_NOT_FOUND' })
        }
      }
    }
  })

  it('sees of a plan only the own part', async () => {
    const client = watcher.client()
    for (const part of ['', '/sheet', '/revisions', '/revisions/1']) {
      const answer = await client.get(`/plans/${here.planId}${part}`)
      if (watcher === stranger) expect([part, answer.status, answer.code]).toEqual([part, 404, 'PLAN_NOT_FOUND'])
      else expect([part, answer.status]).toEqual([part, 200])
      for (const name of watcher.hidden)
        expect([part, textOf(answer).includes(here.people[name])]).toEqual([part, false])
    }
  })
})

describe('another company', () => {
  it('changes by nothing that its neighbour does', async () => {
    const fingerprint = await fingerprintOf(database.owner, here.company.ctx.company.id)
    const before = await fingerprint()
    const client = as(there.somebody('管'))
    const hints = hintsFor([here])
    for (const route of app.served.filter((each) => each.access !== 'public' && each.method !== 'GET')) {
      for (const asked of fc.sample(requestsFor(route, hints), { seed: seed + 1, numRuns: runsPerRoute })) {
        await ask(client, route, asked, 'zh')
      }
      expect([route.path, await fingerprint()]).toEqual([route.path, before])
    }
  }, 120_000)
})

describe('whoever is not signed in', () => {
  it.each([
    ['without a session', {}],
    ['with a session that never was', { cookie: 'terrace=x' }],
    ['with a key that never was', { authorization: 'Bearer terrace_x' }],
  ])('%s is asked to sign in by every route, before anything is looked at', async (_name, headers) => {
    // Those who walked before have used up what one address may ask in a minute.
    const from = { headers: { host: 'localhost', ...headers }, remoteAddress: '127.0.0.2' }
    for (const route of app.served.filter((each) => each.access !== 'public')) {
      const path = route.path.replace(':object', 'account').replace(/:\w+/g, here.records['account']?.['甲'] ?? '')
      const answer = await app.inject({ ...from, method: route.method, url: path })
      expect([route.method, route.path, answer.statusCode]).toEqual([route.method, route.path, 401])
      expect(answer.body).not.toContain('秘密')
    }
    const setup = await app.inject({ ...from, method: 'GET', url: '/api/v1/setup' })
    expect(setup.json()).toMatchObject({ needed: false })
  })
})
