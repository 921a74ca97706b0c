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

  it('has a market that shares are of, for the company and each region', async () => {
    const { body } = await signedIn.get('/metrics/market_share/tree?period=2025')
    const regions = body.children.filter(({ name }: { name: string }) => name.endsWith('大区'))
    const shares = [body, ...regions].map(({ actual }: { actual: string | null }) => Number(actual))
    expect(shares).toHaveLength(6)
    for (const share of shares) expect(share > 0.005 && share < 0.5, String(share)).toBe(true)
    const { market } = (await signedIn.get(`/metrics/market_share/lineage?period=2025&node=${body.id}`)).body
    expect(market.sizes[0]).toMatchObject({ source: expect.stringContaining('行业协会'), toldOn: expect.any(String) })
  })

  it('has published plans whose parts add up on every tier', async () => {
    const { body } = await signedIn.get('/plans')
    const states = body.plans.map((plan: { year: number; status: string }) => `${plan.year} ${plan.status}`)
    expect(states.toSorted()).toEqual([
      '2025 published',
      '2025 published',
      '2026 published',
      '2026 published',
      '2027 draft',
    ])
    for (const { id } of body.plans) {
      const { rows } = (await signedIn.get(`/plans/${id}`)).body
      const sums = new Map<string, number>()
      for (const row of rows) {
        if (row.parentId) sums.set(row.parentId, (sums.get(row.parentId) ?? 0) + total(row))
      }
      for (const row of rows) if (row.kind === 'unit') expect(sums.get(row.id) ?? 0).toBe(total(row))
    }
  })

  it('knows the cost of most sales, and says of how many', async () => {
    const share = async (metric: string) => (await signedIn.get(`/metrics/${metric}/tree?period=2026`)).body.actual
    expect(Number(await share('margin_coverage'))).toBeGreaterThan(0.6)
    expect(Number(await share('margin_coverage'))).toBeLessThan(1)
    expect(Number(await share('margin_rate'))).toBeGreaterThan(0.25)
    expect(Number(await share('margin_rate'))).toBeLessThan(0.45)
    expect(Number(await share('overdue_receivables'))).toBeGreaterThan(0)
  })

  it('keeps the figures of four evenings, and what changed since explains the difference', async () => {
    const at = '/attainment/sales_amount'
    const kept = (await signedIn.get(`${at}/days?period=2026`)).body.days.map(({ day }: { day: string }) => day)
    expect(kept).toEqual(['2026-11-15', '2026-11-08', '2026-11-01', '2026-10-25'])
    const shown = (await signedIn.get(`${at}/shown?period=2026&on=2026-11-01`)).body
    const now = (await signedIn.get('/metrics/sales_amount/tree?period=2026')).body
    expect(Number(shown.actual)).toBeLessThan(Number(now.actual))
    const { body } = await signedIn.get(`${at}/changes?period=2026&since=2026-11-01`)
    const parts: { reason: string; amount: string }[] = body.parts
    expect(parts.map(({ reason }) => reason)).toContain('new')
    expect(parts.reduce((sum, { amount }) => sum + Number(amount), Number(shown.actual))).toBeCloseTo(
      Number(now.actual),
      2,
    )
  })

  it('has people who propose, one appeal that is decided and one that waits for the team manager', async () => {
    const { body } = await signedIn.get('/plans?year=2027')
    const { rows } = (await signedIn.get(`/plans/${body.plans[0].id}/proposals`)).body
    const branch = rows.find(({ name }: { name: string }) => name === '江苏分公司')
    expect(branch.bottomUp).not.toBeNull()
    expect(branch.missing).toBeGreaterThan(0)
    expect(branch.missing).toBeLessThan(branch.rows)
    expect(rows.find(({ name }: { name: string }) => name === '南京团队').submission.state).toBe('submitted')
    const appeals = (await signedIn.get('/appeals?list=all')).body.appeals
    expect(appeals.map(({ state }: { state: string }) => state).toSorted()).toEqual(['open', 'partly'])
    const manager = as(await personNamed('沈建华'))
    expect((await manager.get('/appeals?list=decide')).body.appeals).toHaveLength(1)
  })

  it('has objectives with owners, progress and targets that serve them', async () => {
    const { objectives } = (await signedIn.get('/objectives')).body
    expect(objectives).toHaveLength(5)
    const [top] = objectives
    expect(top.progress.attainment).toBeGreaterThan(0.5)
    expect(top.links).toHaveLength(1)
    expect(objectives.filter(({ parentId }: { parentId: string | null }) => parentId === top.id)).toHaveLength(2)
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
