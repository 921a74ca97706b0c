import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Route } from '#engine/contract/route.ts'
import { languages, type Language } from '#base/label.ts'
import { testApp, type Answer, type TestClient } from '#testing/test-app.ts'
import { ask } from './ask.ts'
import { fingerprintOf } from './fingerprint.ts'
import { hintsFor } from './hints.ts'
import { populated, type Populated } from './populated.ts'
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
  hints = hintsFor([here, there])
  fingerprint = await fingerprintOf(database.owner)
  for (const name of ['管', '营'] as const) {
    const client = as(here.somebody(name))
    callers.set(name, client)
    await client.get('/me')
  }
})

const seed = Number(process.env['WALK_SEED'] ?? 20260615)
const runsPerRoute = Number(process.env['WALK_RUNS'] ?? 12)

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

/** 营 changes the own settings, so that 管 keeps speaking both languages. */
function callerOf(route: Route): TestClient {
  const caller = callers.get(/\/me(\/|$)/.test(route.path) ? '营' : '管')
  return route.access === 'public' || !caller ? anybody : caller
}

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
      const answer = await ask(callerOf(route), route, asked, language)
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
    const own = { ...hintsFor([here]), planId: fc.constant(here.planId) }
    const found = await walk((route) =>
      spoiledEverywhere(route, own, seed).map((asked, at) => [asked, at % 2 === 0 ? 'zh' : 'en'] as const),
    )
    expect(found.failures).toEqual([])
  }, 180_000)
})
