import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Route } from '#engine/contract/route.ts'
import { languages, type Language } from '#base/label.ts'
import { catalogue } from '#platform/records/registry.ts'
import { allMetrics } from '#platform/ledger/index.ts'
import { testApp, type Answer, type TestClient } from '#testing/test-app.ts'
import { fingerprintOf } from './fingerprint.ts'
import { names, populated, type Populated } from './populated.ts'
import { requestsFor, spoiledEverywhere, type Asked, type Hints } from './requests.ts'

const now = () => new Date('2026-06-15T04:00:00Z')
const { app, database, as, anybody } = await testApp({ now })
let here: Populated
let there: Populated
let hints: Hints
const callers = new Map<string, TestClient>()
let fingerprint: Awaited<ReturnType<typeof fingerprintOf>>

beforeAll(async () => {
  here = await populated(database, 'here', as)
  there = await populated(database, 'there', as)
  hints = hintsFor()
  fingerprint = await fingerprintOf(database.owner)
  for (const name of ['管', '营'] as const) {
    const client = as(here.somebody(name))
    callers.set(name, client)
    await client.get('/me')
  }
})

/** Ids of this company and of the other, of people, units, plans and records, besides ids of nothing. */
function hintsFor(): Hints {
  const ids = [here, there].flatMap(({ company, records, people, planId }) => [
    ...Object.values(company.units),
    ...names.filter((name) => name !== '管').map((name) => people[name]),
    ...Object.values(records).flatMap((byName) => Object.values(byName)),
    planId,
  ])
  const id = fc.oneof(fc.constantFrom(...ids), fc.uuid())
  const plan = fc.oneof(fc.constantFrom(here.planId, there.planId), fc.uuid())
  const person = fc.constantFrom(
    ...names.filter((name) => name !== '管').map((name) => here.people[name]),
    there.people['甲'],
  )
  const unit = fc.constantFrom(...Object.values(here.company.units), there.company.units['东区'])
  const objects = catalogue().all()
  const fields = objects.flatMap((object) => object.fields)
  const path = fc.oneof(
    fc.constantFrom(
      ...fields.map((field) => field.key),
      'createdAt',
      'id',
      'account.name',
      'account.parent.city',
      'order.account.ownerId',
    ),
    fc.string({ maxLength: 8 }),
  )
  return {
    ...{
      id,
      planId: plan,
      personId: person,
      headId: person,
      toId: person,
      unitId: unit,
      parentId: unit,
      intoId: unit,
      node: unit,
    },
    object: fc.constantFrom(...objects.map((object) => object.key), 'nothing'),
    metric: fc.constantFrom(...allMetrics().map((metric) => metric.key), 'nothing'),
    ...{ field: path, groupBy: path },
    values: recordValues(id),
    version: fc.constantFrom(1, 2, 3),
    period: fc.constantFrom('2026', '2026-Q2', '2026-M04', '1990', '2100-Q4'),
    ...{ on: someDay, from: fc.oneof(someDay, fc.constant(null)) },
    slug: fc.constantFrom('here', 'elsewhere'),
  }
}

const someDay = fc.constantFrom('2026-01-01', '2026-06-15', '2027-01-01', '0001-01-01', '9999-12-31')

/** Values by field key that may fit, whatever the object. */
function recordValues(id: fc.Arbitrary<string>): fc.Arbitrary<Record<string, unknown>> {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  const amount = fc.constantFrom('1', '0', '-1', '999999999999999', '0.0001', 12.5, '1e3')
  const own = {
    name: text,
    code: text,
    note: text,
    amount,
    ownerId: id,
    account: id,
    order: id,
    stage: fc.constantFrom(...Object.values(here.company.stages)),
  }
  const more = {
    subject: text,
    kind: fc.constantFrom('visit', 'won'),
    doneOn: someDay,
    orderedOn: someDay,
    receivedOn: someDay,
    refundedOn: someDay,
    closedOn: someDay,
  }
  const credits = fc.array(fc.record({ person: id, percent: fc.constantFrom('50', '100', '0', 'x') }), { maxLength: 2 })
  return fc.record({ ...own, ...more, credits, currency: fc.constantFrom('CNY', 'USD', 'x') }, { requiredKeys: [] })
}

const seed = Number(process.env['WALK_SEED'] ?? 20260615)
const runsPerRoute = Number(process.env['WALK_RUNS'] ?? 20)

/** A demo is loaded and entered only from this machine: a proxy says that this is another. */
const fromAfar = (route: Route): Record<string, string> => (route.path.includes('/setup') ? { via: '1.1 proxy' } : {})

async function ask(route: Route, asked: Asked, language: Language): Promise<Answer> {
  const path = route.path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(wordOf(asked.params[name])))
  const query = Object.entries(asked.query).map(
    ([key, value]) => `${encodeURIComponent(key.toWellFormed())}=${encodeURIComponent(wordOf(value))}`,
  )
  const url = query.length > 0 ? `${path}?${query.join('&')}` : path
  const headers = { 'accept-language': language, ...fromAfar(route) }
  const caller = callers.get(/\/me(\/|$)/.test(route.path) ? '营' : '管')
  const client = route.access === 'public' || !caller ? anybody : caller
  const json = asked.body === undefined ? undefined : JSON.stringify(asked.body)
  const sent = json === undefined ? headers : { ...headers, 'content-type': 'application/json' }
  const send = {
    GET: client.get,
    DELETE: (to: string, with_: Record<string, string>) => client.delete(to, json, with_),
  }
  if (route.method === 'GET') return send.GET(url, sent)
  if (route.method === 'DELETE') return send.DELETE(url, sent)
  const act = { POST: client.post, PATCH: client.patch, PUT: client.put }[route.method]
  return act(url, json, sent)
}

const wordOf = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed().slice(0, 5000)

const hasHan = (text: string) => /\p{Script=Han}/u.test(text)

/** Nothing smaller than the file is at fault. */
const refusedAsWhole = new Set(['HEADER_MISSING', 'FILE_EMPTY'])

/** A refusal that a person can act on: in their language, with a code, naming a field where one is wrong. */
function expectProblem(answer: Answer, language: Language): void {
  expect(answer.status).toBeLessThan(500)
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  const { code, title, errors, status, requestId } = answer.body
  expect(code).toMatch(/^[A-Z][A-Z_]+$/)
  expect(status).toBe(answer.status)
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(title).toMatch(language === 'zh' ? /\p{Script=Han}/u : /[A-Za-z]{3}/)
  if ((answer.status !== 400 && answer.status !== 422) || refusedAsWhole.has(code)) return
  expect(errors.length, code).toBeGreaterThan(0)
  for (const { field, message } of errors) {
    expect(field).not.toBe('')
    if (language === 'zh') expect(hasHan(message), message).toBe(true)
    expect(message).not.toMatch(/\{\w+\}/)
  }
  expect(JSON.stringify(answer.body).length).toBeLessThan(20_000)
}

const changedTables = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string[] =>
  Object.keys(after).filter((table) => before[table] !== after[table])

/** What came of a walk; refusals that are not as they must be are listed with what was asked. */
interface Walk {
  fine: number
  refused: number
  readonly failures: string[]
}

async function walk(requestsOf: (route: Route) => readonly (readonly [Asked, Language])[]): Promise<Walk> {
  const found: Walk = { fine: 0, refused: 0, failures: [] }
  let before = await fingerprint()
  for (const route of app.served) {
    for (const [asked, language] of requestsOf(route)) {
      const answer = await ask(route, asked, language)
      if (answer.status < 400) {
        found.fine += 1
        // Whoever chose a language is answered in it.
        if (route.path.endsWith('/me/settings')) await sql`update person set language = null`.execute(database.owner)
        before = await fingerprint()
        continue
      }
      found.refused += 1
      try {
        expectProblem(answer, language)
        if (route.method !== 'GET') expect(changedTables(before, await fingerprint())).toEqual([])
      } catch (error) {
        found.failures.push(
          `${route.method} ${route.path} ${short(asked)} → ${answer.status} ${short(answer.body)} ${String(error).slice(0, 200)}`,
        )
        before = await fingerprint()
      }
    }
  }
  return found
}

const short = (value: unknown) => JSON.stringify(value)?.slice(0, 600)

describe('every served route', () => {
  it('refuses what does not fit with a problem in the language of the caller, and writes nothing then', async () => {
    const found = await walk((route) =>
      fc.sample(fc.tuple(requestsFor(route, hints), fc.constantFrom(...languages)), { seed, numRuns: runsPerRoute }),
    )
    expect(found.failures).toEqual([])
    expect(app.served.length).toBeGreaterThan(40)
    expect(Math.min(found.fine, found.refused)).toBeGreaterThan(app.served.length)
  }, 180_000)

  it('refuses the same where one place of a full request is spoiled', async () => {
    const found = await walk((route) =>
      spoiledEverywhere(route, hints, seed).map((asked, at) => [asked, at % 2 === 0 ? 'zh' : 'en'] as const),
    )
    expect(found.failures).toEqual([])
  }, 180_000)
})
