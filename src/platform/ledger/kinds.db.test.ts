import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { arrangeHouse } from '#app/arrange.ts'
import { addDays, earlier } from '#engine/calendar/day.ts'
import { figureOf, type Metric } from '#engine/metrics/metric.ts'
import { makeMetrics } from '#engine/metrics/metrics.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import { eq } from '#engine/query/filter.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep, inView, type Tx } from '#platform/db/step.ts'
import { createRecord, updateRecord } from '#platform/records/save.ts'
import { removeRecord } from '#platform/records/remove.ts'
import { restoreRecord } from '#platform/records/restore.ts'
import { creditAnew } from '#testing/credit-anew.ts'
import { movePerson, smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import { readFigure, readRecordsBehind, readTree, standardMetrics, verifyLedger } from './index.ts'

const database = await testDatabase()
const year = { from: '2026-01-01', to: '2027-01-01' }
let company: SmallCompany
let ctx: Ctx

const confirmed = eq('status', 'confirmed')
const orders = { of: 'order', when: confirmed, at: 'orderedOn', attribution: 'owner' } as const
const described = { version: 1, label: { zh: '', en: '' }, formula: { zh: '', en: '' }, unit: 'money', better: 'higher' } as const // prettier-ignore

/** As a company would define them. */
const own: readonly Metric[] = [
  { ...described, key: 'largest', kind: 'highest', sources: [{ ...orders, measure: { sum: 'amount' }, shared: 'whole' }] }, // prettier-ignore
  { ...described, key: 'smallest', kind: 'lowest', sources: [{ ...orders, measure: { sum: 'amount' }, shared: 'whole' }] }, // prettier-ignore
  { ...described, key: 'buyers', kind: 'distinct', sources: [{ ...orders, measure: 'count', subject: 'account', shared: 'whole' }] }, // prettier-ignore
  { ...described, key: 'owned', kind: 'flow', sources: [{ ...orders, measure: { sum: 'amount' }, shared: 'owner' }] },
  { ...described, key: 'per_customer', kind: 'ratio', sources: [], quotient: { over: 'sales_amount', under: 'active_customers' } }, // prettier-ignore
  { ...described, key: 'twice', kind: 'ratio', sources: [], quotient: { over: 'per_customer', under: 'largest' } },
]

beforeAll(async () => {
  arrangeHouse()
  company = await smallCompany(database, { now: new Date('2026-12-15T04:00:00Z') })
  const metrics = makeMetrics([...standardMetrics().all(), ...own])
  ctx = { ...company.ctx, company: { ...company.ctx.company, metrics } }
})

const person = (name: string): string => company.people[name] ?? ''
const unit = (name: string): string => company.units[name] ?? ''

function metricOf(key: string): Metric {
  const metric = ctx.company.metrics.find(key)
  if (!metric) throw new Error(key)
  return metric
}

const figure = (key: string, node: string | null = null, span = year) =>
  inView(ctx, (tx) => readFigure(tx, ctx, metricOf(key), node, span))

let codes = 0
async function order(values: Readonly<Record<string, unknown>>): Promise<string> {
  const code = `K${++codes}`
  return (await createRecord(ctx, 'order', { code, ownerId: person('甲'), orderedOn: '2026-03-01', ...values })).id
}

async function cleared(made: readonly string[], object = 'order'): Promise<void> {
  for (const id of made) await removeRecord(ctx, object, id)
}

describe('what is counted once', () => {
  it('is counted over the union of teams and months, never as the sum of them', async () => {
    const [one, other] = [(await createRecord(ctx, 'account', { name: '甲方' })).id, (await createRecord(ctx, 'account', { name: '乙方' })).id] // prettier-ignore
    const made = [
      await order({ account: one, amount: '10' }),
      await order({ account: one, amount: '10', ownerId: person('丁'), orderedOn: '2026-04-01' }),
      await order({ account: other, amount: '10', ownerId: person('丙'), orderedOn: '2026-04-02' }),
    ]
    expect(await figure('active_customers')).toBe('2')
    expect(await figure('active_customers', unit('东区'))).toBe('2')
    expect(await figure('active_customers', unit('西区'))).toBe('1')
    expect(await figure('active_customers', null, { from: '2026-03-01', to: '2026-04-01' })).toBe('1')
    expect(await figure('active_customers', null, { from: '2026-04-01', to: '2026-05-01' })).toBe('2')
    expect(await figure('per_customer')).toBe('15')
    expect(await figure('per_customer', unit('西区'))).toBe('10')
    await cleared(made)
  })

  it('opens to one record for each, as many as the number says', async () => {
    const one = (await createRecord(ctx, 'account', { name: '丙方' })).id
    const made = [await order({ account: one, amount: '1' }), await order({ account: one, amount: '2', orderedOn: '2026-05-05' })] // prettier-ignore
    await inView(ctx, async (tx) => {
      const tree = await readTree(tx, ctx, metricOf('active_customers'), year)
      const behind = await readRecordsBehind(tx, ctx, metricOf('active_customers'), tree, tree.tree)
      expect(behind).toMatchObject({ total: '1', count: 1 })
      expect(behind.rows.map(({ recordId, value }) => [recordId, value])).toEqual([[made[1], '1']])
    })
    await cleared(made)
  })

  it('is lost after 180 days without an order, on the day these are over, and found again', async () => {
    const one = (await createRecord(ctx, 'account', { name: '丁方' })).id
    const made = [await order({ account: one, amount: '1', orderedOn: '2026-01-10' })]
    // 2026-01-10 and 180 days are 2026-07-09.
    expect(await figure('churned_customers', null, { from: '2026-07-01', to: '2026-07-09' })).toBe('0')
    expect(await figure('churned_customers', null, { from: '2026-07-09', to: '2026-07-10' })).toBe('1')
    made.push(await order({ account: one, amount: '1', orderedOn: '2026-07-09' }))
    expect(await figure('churned_customers')).toBe('0')
    await updateRecord(ctx, 'order', made[1] ?? '', { values: { orderedOn: '2026-07-10' } })
    expect(await figure('churned_customers')).toBe('1')
    await cleared(made)
  })
})

describe('gross margin', () => {
  it('counts orders whose cost is known alone, and says for how much of the sales it speaks', async () => {
    const made = [await order({ amount: '100', cost: '60' }), await order({ amount: '300' })]
    expect(await figure('gross_margin')).toBe('40')
    expect(await figure('margin_rate')).toBe('0.4')
    expect(await figure('costed_sales')).toBe('100')
    expect(await figure('margin_coverage')).toBe('0.25')
    expect(await figure('margin_rate', unit('西区'))).toBeNull()
    await cleared(made)
  })

  it('gives back the margin of what is refunded, in proportion, unless the goods stay there', async () => {
    const made = await order({ amount: '100', cost: '60' })
    const refund = await createRecord(ctx, 'refund', { order: made, amount: '50', refundedOn: '2026-04-01' })
    expect(refund['cost']).toBe('30')
    expect(await figure('gross_margin')).toBe('20')
    expect(await figure('margin_rate')).toBe('0.4')
    await updateRecord(ctx, 'refund', refund.id, { values: { cost: '0' } })
    expect(await figure('gross_margin')).toBe('-10')
    await cleared([refund.id], 'refund')
    await cleared([made])
  })
})

describe('the weighted pipeline', () => {
  it('takes the probability from the stage until somebody says otherwise, and anew when the deal moves on', async () => {
    const [, first, second] = await openStages()
    const deal = await createRecord(ctx, 'opportunity', { name: '大单', stage: first?.id, amount: '1000', engagedOn: '2026-02-01', ownerId: person('甲') }) // prettier-ignore
    expect(deal['probability']).toBe(first?.probability)
    expect(await figure('weighted_pipeline', unit('东一队'))).toBe(String(10 * Number(first?.probability)))
    await updateRecord(ctx, 'opportunity', deal.id, { values: { probability: '35' } })
    expect(await figure('weighted_pipeline', unit('东一队'))).toBe('350')
    await updateRecord(ctx, 'opportunity', deal.id, { values: { note: '谈过' } })
    expect(await figure('weighted_pipeline', unit('东一队'))).toBe('350')
    const moved = await updateRecord(ctx, 'opportunity', deal.id, { values: { stage: second?.id } })
    expect(moved['probability']).toBe(second?.probability)
    await cleared([deal.id], 'opportunity')
  })

  async function openStages() {
    return inView(ctx, async (tx) => {
      const { rows } = await sql<{ id: string; probability: string }>`
        select id, trim_scale(probability)::text as probability from stage where kind = 'open' order by position`.execute(
        tx,
      )
      return rows
    })
  }
})

describe('what is overdue', () => {
  it('counts from the day after the due day, less what was paid by then, and never below nothing', async () => {
    const made = await order({ amount: '100', dueOn: '2026-03-31' })
    const undated = await order({ amount: '500' })
    const paid = async (amount: string, receivedOn: string, ownerId = person('丁')) =>
      (await createRecord(ctx, 'payment', { order: made, amount, receivedOn, ownerId })).id
    const at = (day: string) => figure('overdue_receivables', unit('东一队'), { from: '2026-01-01', to: day })
    const payments = [await paid('30', '2026-03-10')]
    expect(await at('2026-04-01')).toBe('0')
    expect(await at('2026-04-02')).toBe('70')
    payments.push(await paid('20', '2026-05-05'))
    expect([await at('2026-05-05'), await at('2026-05-06')]).toEqual(['70', '50'])
    // Paid too much in two payments at once: nothing is overdue, and nobody owes less than nothing.
    payments.push(...(await Promise.all([paid('30', '2026-06-01'), paid('30', '2026-06-02')])))
    expect([await at('2026-06-02'), await at('2026-06-03')]).toEqual(['20', '0'])
    await updateRecord(ctx, 'order', made, { values: { dueOn: '2026-06-01' } })
    expect([await at('2026-06-02'), await at('2026-06-03')]).toEqual(['0', '0'])
    await removeRecord(ctx, 'payment', payments[0] ?? '')
    expect(await at('2026-06-03')).toBe('20')
    expect(await verifyLedger(ctx)).toEqual([])
    await cleared(payments.slice(1), 'payment')
    await cleared([made, undated])
    expect(await at('2027-01-01')).toBe('0')
  })
})

describe('on-time follow-up', () => {
  it('is the share of tasks done by their due day, of those whose day is over', async () => {
    const task = async (dueOn: string, doneOn: string | null) => {
      const values = { subject: '回访', dueOn, ownerId: person('甲'), ...(doneOn ? { status: 'done' } : {}) }
      const { id } = await createRecord(ctx, 'task', values)
      await inStep(ctx, ({ tx }) => sql`update task set done_on = ${doneOn}::date where id = ${id}`.execute(tx))
      await updateRecord(ctx, 'task', id, { values: { note: '·' } })
      return id
    }
    const made = [await task('2026-11-01', '2026-11-01'), await task('2026-11-01', '2026-11-02'), await task('2026-11-02', null), await task('2026-11-05', '2026-10-01'), await task('2026-12-20', null)] // prettier-ignore
    expect(await figure('on_time_rate')).toBe('0.5')
    await cleared(made, 'task')
  })
})

type Act =
  | { readonly act: 'order'; readonly owner: number; readonly cents: number; readonly day: number; readonly account: number; readonly cost: number; readonly due: number; readonly split: boolean }
  | { readonly act: 'pay' | 'edit' | 'hand' | 'split' | 'delete' | 'restore'; readonly at: number; readonly owner: number; readonly cents: number; readonly day: number }
  | { readonly act: 'move'; readonly owner: number; readonly unit: number; readonly day: number }
  | { readonly act: 'regroup'; readonly unit: number; readonly region: number; readonly day: number } // prettier-ignore

const [who, day, cents, at] = [fc.nat(3), fc.nat(340), fc.nat(1_000_000), fc.nat(50)]
const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: fc.constant('order' as const), owner: who, cents, day, account: fc.nat(3), cost: fc.nat(2), due: fc.nat(200), split: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ act: fc.constantFrom('pay' as const, 'edit' as const, 'hand' as const, 'split' as const, 'delete' as const, 'restore' as const), at, owner: who, cents, day }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('move' as const), owner: who, unit: fc.nat(2), day }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('regroup' as const), unit: fc.nat(2), region: fc.nat(1), day }) },
) // prettier-ignore

const dayOf = (number: number): string => new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 10)

interface Made {
  readonly id: string
  readonly object: string
  /** Of a payment. */
  readonly order?: string
  deleted: boolean
}

describe('after any sequence of acts', () => {
  it(
    'every kind of metric is at every node and in every period what direct SQL over the records says',
    { timeout: 240_000 },
    async () => {
      const accounts: string[] = []
      for (const name of ['一', '二', '三']) accounts.push((await createRecord(ctx, 'account', { name })).id)
      await fc.assert(
        fc.asyncProperty(fc.array(acts, { minLength: 8, maxLength: 25 }), async (sequence) => {
          const made: Made[] = []
          for (const one of sequence) await perform(one, made, accounts)
          expect(await verifyLedger(ctx)).toEqual([])
          for (const span of [
            year,
            { from: '2026-04-01', to: '2026-07-01' },
            { from: '2026-08-15', to: '2026-09-10' },
          ]) {
            await inView(ctx, (tx) => compare(tx, span))
          }
          for (const { id, object, deleted } of made.toReversed()) if (!deleted) await removeRecord(ctx, object, id)
        }),
        { numRuns: 6 },
      )
    },
  )
})

async function perform(one: Act, made: Made[], accounts: readonly string[]): Promise<void> {
  const people = Object.values(company.people)
  const owner = 'owner' in one ? (people[one.owner] ?? '') : ''
  if (one.act === 'move') {
    await movePerson(ctx, owner, unit(['东一队', '东二队', '西一队'][one.unit] ?? ''), dayOf(one.day))
    await creditAnew(ctx, [owner], dayOf(one.day))
    orgChanged()
  } else if (one.act === 'regroup') {
    const child = unit(['东一队', '东二队', '西一队'][one.unit] ?? '')
    await regroup(child, unit(['东区', '西区'][one.region] ?? ''), dayOf(one.day))
  } else if (one.act === 'order') {
    const amount = (one.cents / 100).toFixed(2)
    const id = await order({
      amount,
      ownerId: owner,
      orderedOn: dayOf(one.day),
      account: accounts[one.account] ?? null,
      cost: one.cost === 0 ? null : (one.cents / (100 * (one.cost + 1))).toFixed(2),
      dueOn: one.due > 150 ? null : dayOf(one.day + one.due),
      ...(one.split ? { credits: thirds(owner) } : {}),
    })
    made.push({ id, object: 'order', deleted: false })
  } else await change(one, owner, made)
}

async function change(one: Extract<Act, { at: number }>, owner: string, made: Made[]): Promise<void> {
  const target = made[one.at % Math.max(made.length, 1)]
  if (!target) return
  const { id, object } = target
  if (one.act === 'restore') {
    if (target.deleted && object === 'order') await restoreRecord(ctx, object, id)
    target.deleted &&= object !== 'order'
    return
  }
  if (target.deleted) return
  const amount = (one.cents / 100).toFixed(2)
  if (one.act === 'delete') {
    // An order that was paid stays while its payments do.
    if (made.some((other) => other.order === id && !other.deleted)) return
    await removeRecord(ctx, object, id)
    target.deleted = true
  } else if (one.act === 'pay' && object === 'order') {
    const values = { order: id, amount: (one.cents / 300).toFixed(2), receivedOn: dayOf(one.day), ownerId: owner }
    made.push({ id: (await createRecord(ctx, 'payment', values)).id, object: 'payment', order: id, deleted: false })
  } else if (one.act === 'split' && object === 'order') {
    await updateRecord(ctx, object, id, { values: { credits: thirds(owner) } })
  } else if (one.act === 'hand') {
    await updateRecord(ctx, object, id, {
      values: { ownerId: owner, ...(object === 'order' ? { credits: null } : {}) },
    })
  } else await updateRecord(ctx, object, id, { values: { amount } })
}

function thirds(owner: string) {
  const other = Object.values(company.people).find((id) => id !== owner) ?? ''
  return [
    { person: owner, percent: '33.3333' },
    { person: other, percent: '66.6667' },
  ]
}

/** The shape of the org is remembered by its version. */
function orgChanged(): void {
  ctx = { ...ctx, company: { ...ctx.company, orgVersion: `${Number(ctx.company.orgVersion) + 1}` } }
}

async function regroup(child: string, region: string, from: string): Promise<void> {
  await inStep(ctx, async ({ tx }) => {
    await sql`delete from unit_parent where unit_id = ${child} and from_day >= ${from}::date`.execute(tx)
    await sql`update unit_parent set to_day = ${from}::date where unit_id = ${child} and to_day > ${from}::date`.execute(tx) // prettier-ignore
    await sql`
      insert into unit_parent (company_id, id, structure_id, unit_id, parent_id, from_day)
      select ${ctx.company.id}, ${newId()}, id, ${child}, ${region}, ${from}::date from structure where is_default`.execute(tx) // prettier-ignore
  })
  orgChanged()
}

type Span = typeof year

/** One row for each record and credited person with the units above her on its day, as anybody would write it. */
const credited = sql`
  select o.id, o.account_id, o.amount, o.cost, o.ordered_on as day, s.part, s.person_id,
    coalesce((select u.path from units_on((select id from structure where is_default), o.ordered_on) u where u.unit_id = (
      select a.unit_id from assignment a where a.person_id = s.person_id and a.from_day <= o.ordered_on and o.ordered_on < a.to_day)),
      array[]::uuid[]) as path
  from sales_order o cross join lateral (
    select k.person_id, k.percent / 100 as part from credit k where k.object = 'order' and k.record_id = o.id
    union all
    select o.owner_id, 1 where not exists (select from credit k where k.object = 'order' and k.record_id = o.id)) s
  where o.status = 'confirmed' and o.deleted_at is null`

async function compare(tx: Tx, span: Span): Promise<void> {
  for (const name of ['公司', '东区', '西区', '东一队', '东二队', '西一队']) {
    const here = name === '公司' ? sql`true` : sql`${unit(name)}::uuid = any(path)`
    const within = sql`day >= ${span.from}::date and day < ${span.to}::date and ${here}`
    const { rows } = await sql<Record<'buyers' | 'sold' | 'largest' | 'smallest' | 'lost', string | null>>`
      select count(distinct account_id) filter (where ${within})::text as buyers,
        trim_scale(max(amount) filter (where ${within}))::text as largest,
        trim_scale(min(amount) filter (where ${within}))::text as smallest,
        (select count(distinct c.account_id)::text from (${credited}) c
          where c.day + 180 >= ${span.from}::date and c.day + 180 < ${span.to}::date and c.day + 180 < ${ctx.today}::date and ${here}
            and c.account_id is not null and not exists (
              select from sales_order n where n.account_id = c.account_id and n.status = 'confirmed' and n.deleted_at is null
                and n.ordered_on > c.day and n.ordered_on <= c.day + 180)) as lost
      from (${credited}) c`.execute(tx)
    const [told] = rows
    const where = `${name} ${span.from}`
    const read = (key: string) => readFigure(tx, ctx, metricOf(key), unit(name), span)
    expect((await read('active_customers')) ?? '0', where).toBe(told?.buyers)
    expect((await read('buyers')) ?? '0', where).toBe(told?.buyers)
    expect(await read('largest'), where).toBe(told?.largest ?? null)
    expect(await read('smallest'), where).toBe(told?.smallest ?? null)
    expect((await read('churned_customers')) ?? '0', where).toBe(told?.lost)
    await compareRates(read, where)
  }
  await compareTop(tx, span)
  for (const key of ['active_customers', 'churned_customers', 'largest', 'per_customer', 'twice', 'margin_rate', 'overdue_receivables', 'costed_sales']) await compareNodes(tx, key, span) // prettier-ignore
}

/** A quotient is made of the figures of its parts at that node. */
async function compareRates(read: (key: string) => Promise<string | null>, where: string): Promise<void> {
  const [sales, buyers, each] = [await read('sales_amount'), await read('active_customers'), await read('per_customer')]
  const told = Number(buyers ?? 0) === 0 || sales === null ? null : Number(sales) / Number(buyers)
  if (told === null) expect(each, where).toBeNull()
  else expect(Number(each), where).toBeCloseTo(told, 4)
}

/** What is sold, its margin and what is overdue of all, straight from the tables. */
async function compareTop(tx: Tx, span: Span): Promise<void> {
  // A level of a period that goes on is that of the end of today.
  const end = earlier(span.to, addDays(ctx.today, 1))
  const { rows } = await sql<Record<'margin' | 'costed' | 'overdue' | 'owned', string>>`
    select
      trim_scale(coalesce(sum(o.amount - o.cost) filter (where ${dated(span)}), 0))::text as margin,
      trim_scale(coalesce(sum(o.amount) filter (where o.cost is not null and ${dated(span)}), 0))::text as costed,
      trim_scale(coalesce(sum(o.amount) filter (where ${dated(span)}), 0))::text as owned,
      trim_scale(coalesce(sum(greatest(o.amount - coalesce((
        select sum(p.amount) from payment p
        where p.order_id = o.id and p.deleted_at is null and p.received_on < ${end}::date), 0), 0))
        filter (where o.due_on + 1 < ${end}::date), 0))::text as overdue
    from sales_order o where o.status = 'confirmed' and o.deleted_at is null`.execute(tx)
  const [told] = rows
  const read = (key: string) => readFigure(tx, ctx, metricOf(key), null, span)
  expect(await read('gross_margin')).toBe(told?.margin)
  expect(await read('costed_sales')).toBe(told?.costed)
  expect(await read('owned')).toBe(told?.owned)
  expect(await read('overdue_receivables'), span.to).toBe(told?.overdue)
}

const dated = ({ from, to }: Span) => sql`o.ordered_on >= ${from}::date and o.ordered_on < ${to}::date`

/** A figure read alone is the one that the tree shows, at every node, and opens to records that make it. */
async function compareNodes(tx: Tx, key: string, span: Span): Promise<void> {
  const metric = metricOf(key)
  const tree = await readTree(tx, ctx, metric, span)
  for (const node of nodesOf(tree.tree)) {
    const shown = figureOf(metric, node.numerator, node.denominator)
    expect(await readFigure(tx, ctx, metric, node.id, span), `${key} ${node.id}`).toBe(shown)
    const behind = await readRecordsBehind(tx, ctx, metric, tree, node, { limit: 200 })
    expect(behind.total, `${key} ${node.id}`).toBe(shown)
  }
}

const nodesOf = (node: TierNode): readonly TierNode[] => [node, ...node.children.flatMap(nodesOf)]
