import { sql } from 'kysely'
import { expect, describe, it } from 'vitest'
import { pino } from 'pino'
import { inStep, inView } from '#platform/db/step.ts'
import { systemContext } from '#platform/db/system.ts'
import { askToRecredit, recreditProgress, runRecredit, verifyLedger } from '#platform/ledger/index.ts'
import { testApp } from '#testing/test-app.ts'
import { clearUnfinishedDemo, loadDemo } from './load-demo.ts'

const now = () => new Date('2026-11-23T02:00:00Z')
const { database, anybody, as } = await testApp({ now })
const house = { db: database.db, log: pino({ level: 'fatal' }), now }
const heard: number[] = []
const company = await loadDemo(house, (progress) => void heard.push(progress), { scale: 0.05 })
const ctx = systemContext(house, company)
const signedIn = as(await personNamed('周明远'))

async function personNamed(name: string) {
  return inView(ctx, async (tx) => {
    const { rows } = await sql<{ id: string }>`select id from person where name = ${name}`.execute(tx)
    return { companyId: company.id, personId: rows[0]?.id ?? '' }
  })
}

async function numberOf(question: ReturnType<typeof sql<{ value: string }>>): Promise<string> {
  return inView(ctx, async (tx) => (await question.execute(tx)).rows[0]?.value ?? '')
}

describe('the loaded demo', () => {
  it('told how far it was, from the beginning to the end', () => {
    expect(heard[0]).toBe(0)
    expect(heard.at(-1)).toBe(1)
    expect(heard).toEqual([...heard].sort((a, b) => a - b))
  })

  it('has a ledger that agrees with its records', async () => {
    expect(await verifyLedger(ctx)).toEqual([])
  })

  it('is credited anew by several jobs at once without harm', async () => {
    const people = await inView(ctx, async (tx) => (await sql<{ id: string }>`select id from person`.execute(tx)).rows)
    const ids = people.map(({ id }) => id)
    const run = await inStep(ctx, (step) => askToRecredit(step, { personIds: ids, from: '2026-01-01' }))
    let portions = 0
    const onPortion = async () => void (portions += 1)
    await Promise.all([1, 2, 3].map(() => runRecredit(ctx, run, { onPortion })))
    expect(portions).toBeGreaterThan(2)
    expect(await recreditProgress(ctx)).toEqual({ underWay: null, failed: null })
    expect(await verifyLedger(ctx)).toEqual([])
  })

  it('shows in the tree what the opportunities say, node by node', async () => {
    for (const period of ['2025', '2026', '2026-Q4']) {
      const { body } = await signedIn.get(`/metrics/signed_amount/tree?period=${period}`)
      const { from, to } = body.meta.period
      expect(body.actual).toBe(
        await numberOf(sql`
          select trim_scale(sum(amount))::text as value from opportunity
          where status = 'won' and closed_on >= ${from}::date and closed_on < ${to}::date`),
      )
    }
  })

  it('has published plans whose parts add up on every tier', async () => {
    const { body } = await signedIn.get('/plans')
    expect(body.plans.map((plan: { status: string }) => plan.status)).toEqual([
      'published',
      'published',
      'published',
      'published',
    ])
    const { rows } = (await signedIn.get(`/plans/${body.plans[0].id}`)).body
    const sums = new Map<string, number>()
    for (const row of rows) {
      if (row.parentId) sums.set(row.parentId, (sums.get(row.parentId) ?? 0) + total(row))
    }
    for (const row of rows) if (row.kind === 'unit') expect(sums.get(row.id) ?? 0).toBe(total(row))
  })

  it('keeps the days on which deals moved', async () => {
    const moves = await numberOf(sql`select count(*)::text as value from stage_transition where at > now()`)
    expect(moves).toBe('0')
    const first = await numberOf(sql`
      select count(*)::text as value from opportunity o join lateral (
        select min(at) as at from stage_transition t where t.opportunity_id = o.id) t on true
      where (t.at at time zone 'Asia/Shanghai')::date <> o.engaged_on`)
    expect(first).toBe('0')
    const young = await numberOf(sql`
      select count(*)::text as value from opportunity where updated_at > ${'2026-11-23'}::date or created_at > updated_at`)
    expect(young).toBe('0')
  })

  it('lets each persona in by one click, and the representative see own business only', async () => {
    const { body } = await anybody.get('/setup')
    expect(body.demoPersonas.map(({ key }: { key: string }) => key)).toEqual([
      'director',
      'region',
      'team',
      'representative',
      'operations',
      'administrator',
    ])
    for (const { key } of body.demoPersonas) {
      expect((await anybody.post('/setup/demo/sign-in', { persona: key })).status).toBe(200)
    }
    const representative = as(await personNamed('林晓雯'))
    const today = { filter: { field: 'dueOn', op: 'eq', value: '2026-11-23' }, limit: 50 }
    const tasks = (await representative.post('/records/task/query', today)).body.rows
    expect(tasks.length).toBeGreaterThan(0)
    expect(new Set(tasks.map(({ ownerId }: { ownerId: string }) => ownerId)).size).toBe(1)
  })

  it('is loaded once', async () => {
    const again = await loadDemo(house, () => undefined, { scale: 0.05 })
    expect(again.id).toBe(company.id)
  })

  it('removes at the next start what broke off, and nothing else', async () => {
    await sql`update company set slug = 'hetian-loading' where id = ${company.id}`.execute(database.db)
    await clearUnfinishedDemo(database.db)
    expect((await anybody.get('/setup')).body).toMatchObject({ needed: true })
    await inStep(ctx, async ({ tx }) => {
      const { rows } = await sql`select from opportunity`.execute(tx)
      expect(rows).toHaveLength(0)
    })
  })
})

function total({ months }: { readonly months: readonly string[] }): number {
  return months.reduce((sum, amount) => sum + Math.round(Number(amount) * 100), 0)
}
