import { sql } from 'kysely'
import { pino } from 'pino'
import { beforeEach, describe, expect, it } from 'vitest'
import { inStep } from '#platform/db/step.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { dispatchOnce } from './dispatch.ts'
import { onEvent } from './handlers.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })

/** What the handlers of the tests got, and which words they stumble over for now. */
const heard: string[] = []
const stumbles = new Set<string>()

onEvent('test.said', async (step, { payload }) => {
  const word = String(payload['word'])
  heard.push(word)
  await sql`insert into operation (company_id, id, kind, at) values (${step.ctx.company.id}, gen_random_uuid(), ${word}, clock_timestamp())`.execute(
    step.tx,
  )
  if (stumbles.has(word)) throw new Error(`cannot say ${word}`)
})

// PostgreSQL refuses what this handler writes down only at the end of the step.
onEvent('test.told', async (step, { payload }) => {
  heard.push(String(payload['word']))
  if (stumbles.has(String(payload['word']))) step.tell({ name: 'test.none', payload: { text: 'a\u0000b' } })
})

let clock = Date.parse('2026-06-15T04:00:00Z')
const house = { db: database.db, log: pino({ level: 'silent' }), now: () => new Date(clock) }
let company: SmallCompany
let companies = 0

beforeEach(async () => {
  companies += 1
  company = await smallCompany(database, { slug: `events-${companies}` })
  heard.length = 0
  stumbles.clear()
})

async function say(words: readonly string[], { name = 'test.said', by = company } = {}): Promise<void> {
  for (const word of words) await inStep(by.ctx, async (step) => step.tell({ name, payload: { word } }))
}

/** Until nothing is left that is due now. */
async function dispatchAll(): Promise<void> {
  let isBusy = true
  while (isBusy) isBusy = await dispatchOnce(house)
}

async function secondsPass(seconds: number): Promise<void> {
  clock += seconds * 1000
  await dispatchAll()
}

/** What the handler of a word wrote in the transactions that were kept. */
async function kept(): Promise<readonly string[]> {
  const { rows } = await sql<{ kind: string }>`
    select kind from operation where company_id = ${company.ctx.company.id} and char_length(kind) = 1
    order by at`.execute(database.owner)
  return rows.map((row) => row.kind)
}

async function administrator() {
  const personId = company.people['丁'] ?? ''
  await sql`update person set role = 'administrator' where id = ${personId}`.execute(database.owner)
  return as({ companyId: company.ctx.company.id, personId })
}

describe('an event whose handler fails', () => {
  it('is tried again later and later; those before it are handled, those behind it wait', async () => {
    await say(['a', 'b', 'c'])
    stumbles.add('b')
    await dispatchAll()
    expect(await kept()).toEqual(['a'])
    await secondsPass(1)
    await secondsPass(4)
    expect(heard.filter((word) => word === 'b')).toHaveLength(2)
    await secondsPass(1)
    expect(heard.filter((word) => word === 'b')).toHaveLength(3)
    stumbles.clear()
    await secondsPass(24)
    expect(await kept()).toEqual(['a'])
    await secondsPass(1)
    expect(await kept()).toEqual(['a', 'b', 'c'])
  })

  it('is parked after its last try, with what went wrong; those behind it go on in their order', async () => {
    await say(['a', 'b', 'c'])
    stumbles.add('b')
    await dispatchAll()
    for (const wait of [1, 5, 25]) await secondsPass(wait)
    expect(await kept()).toEqual(['a'])
    await secondsPass(120)
    await say(['d'])
    await dispatchAll()
    expect(await kept()).toEqual(['a', 'c', 'd'])
    expect(heard.filter((word) => word === 'b')).toHaveLength(5)
    const client = await administrator()
    expect((await client.get('/events/parked')).body.events).toMatchObject([
      { name: 'test.said', tries: 5, problem: 'Error: cannot say b', parkedAt: new Date(clock).toISOString() },
    ])
    expect(await dispatchOnce(house)).toBe(false)
  })

  it('waits not for ever where the clock went ahead by a year and was put back', async () => {
    const year = 365 * 86_400_000
    await say(['a', 'b'])
    stumbles.add('a')
    clock += year
    await dispatchAll()
    clock -= year
    stumbles.clear()
    await dispatchAll()
    expect(await kept()).toEqual(['a', 'b'])
  })

  it('holds up no other company', async () => {
    const other = await smallCompany(database, { slug: `other-${companies}` })
    stumbles.add('a')
    await say(['a'])
    await say(['z'], { by: other })
    await dispatchAll()
    expect(heard).toContain('z')
  })

  it('is found also where the end of the step fails for what it wrote down', async () => {
    await say(['a', 'b', 'c'], { name: 'test.told' })
    stumbles.add('b')
    await dispatchAll()
    for (const wait of [1, 5, 25, 120]) await secondsPass(wait)
    const client = await administrator()
    expect((await client.get('/events/parked')).body.events).toHaveLength(1)
    expect(heard.at(-1)).toBe('c')
  })
})

describe('a parked event', () => {
  async function parkB() {
    await say(['a', 'b'])
    stumbles.add('b')
    await dispatchAll()
    for (const wait of [1, 5, 25, 120]) await secondsPass(wait)
    const client = await administrator()
    const [event] = (await client.get('/events/parked')).body.events
    return { client, id: String(event.id) }
  }

  it('is handled once when it is tried again, and is parked no more', async () => {
    const { client, id } = await parkB()
    stumbles.clear()
    expect((await client.post(`/events/parked/${id}/retry`)).status).toBe(204)
    expect(await kept()).toEqual(['a', 'b'])
    expect((await client.get('/events/parked')).body.events).toEqual([])
    expect(await client.post(`/events/parked/${id}/retry`)).toMatchObject({ status: 404, code: 'EVENT_NOT_PARKED' })
    await secondsPass(1000)
    expect(await kept()).toEqual(['a', 'b'])
  })

  it('stays parked where it fails again, and says why', async () => {
    const { client, id } = await parkB()
    const refused = await client.post(`/events/parked/${id}/retry`)
    expect(refused).toMatchObject({ status: 409, code: 'EVENT_FAILED_AGAIN' })
    expect(JSON.stringify(refused.body)).toContain('cannot say b')
    expect((await client.get('/events/parked')).body.events).toMatchObject([{ id, tries: 6 }])
    expect(await kept()).toEqual(['a'])
  })

  it('is the business of administrators of its own company', async () => {
    const { id } = await parkB()
    const manager = as({ companyId: company.ctx.company.id, personId: company.people['甲'] ?? '' })
    expect(await manager.get('/events/parked')).toMatchObject({ status: 403, code: 'PERMISSION_MISSING' })
    company = await smallCompany(database, { slug: `elsewhere-${companies}` })
    const stranger = await administrator()
    expect((await stranger.get('/events/parked')).body.events).toEqual([])
    expect((await stranger.post(`/events/parked/${id}/retry`)).code).toBe('EVENT_NOT_PARKED')
  })
})

describe('two processes that hand on events', () => {
  it('keep the order of a company: one waits while the other is at it', async () => {
    const begun = Promise.withResolvers<undefined>()
    const mayEnd = Promise.withResolvers<undefined>()
    onEvent('test.slow', async () => {
      heard.push('slow')
      begun.resolve(undefined)
      await mayEnd.promise
    })
    await say(['x'], { name: 'test.slow' })
    await say(['y'])
    const first = dispatchOnce(house)
    await begun.promise
    await dispatchOnce(house)
    expect(heard).toEqual(['slow'])
    mayEnd.resolve(undefined)
    await first
    expect(heard).toEqual(['slow', 'y'])
  })
})
