import { sql } from 'kysely'
import { attainmentTree } from '#features/targets/server/attainment.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { readFigure, readTree, standardMetrics } from '#platform/ledger/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { figure, type Figure, type Setting } from './figure.ts'
import { keyAt, kinds } from './keys.ts'
import { percentile, timesInTurn } from './measure.ts'

interface Span {
  readonly from: string
  readonly to: string
}

const year: Span = { from: '2025-01-01', to: '2026-01-01' }
const quarter: Span = { from: '2025-04-01', to: '2025-07-01' }
const month: Span = { from: '2025-05-01', to: '2025-06-01' }

interface Facts {
  readonly metric: string
  /** The records themselves: where they are, and which of them count on which day. */
  readonly table: string
  readonly day: string
  readonly status: string
}

const deals: Facts = { metric: 'signed_amount', table: 'opportunity', day: 'closed_on', status: 'won' }
const orders: Facts = { metric: 'sales_amount', table: 'sales_order', day: 'ordered_on', status: 'confirmed' }

/**
 * The whole tree and single figures from the roll-up, beside what direct SQL over the records takes for the same: over
 * the deals, or the orders where these are more.
 */
export async function bench({ seeded }: Setting): Promise<readonly Figure[]> {
  const { everybody: ctx, size, facts: ensureFacts } = await seeded()
  await ensureFacts()
  const facts = size.orders > size.deals ? orders : deals
  await mustAgree(ctx, facts)
  return [
    ...(await wholeTree(ctx, facts, { name: 'year', ...year })),
    ...(await wholeTree(ctx, facts, { name: 'quarter', ...quarter })),
    await attainment(ctx),
    ...(await oneNode(ctx, facts, { name: 'company, year', nodeId: keyAt(kinds.unit, 0), ...year })),
    ...(await oneNode(ctx, facts, { name: 'region, month', nodeId: keyAt(kinds.unit, 1), ...month })),
  ]
}

interface Named extends Span {
  readonly name: string
}

async function wholeTree(ctx: Ctx, facts: Facts, { name, ...span }: Named): Promise<readonly Figure[]> {
  const metric = metricOf(facts)
  const direct = await timesInTurn(
    { rounds: 10, warmUp: 2 },
    { all: () => inView(ctx, (tx) => directTree(tx, ctx, facts, span)) },
  )
  const rollUp = await timesInTurn({ rounds: 100 }, { all: () => inView(ctx, (tx) => readTree(tx, ctx, metric, span)) })
  const ratio = percentile(direct.all, 0.5) / percentile(rollUp.all, 0.5)
  return [
    figure(`tree of a ${name}: p95`, percentile(rollUp.all, 0.95), 'ms', { atMost: 50 }),
    figure(`tree of a ${name}: direct aggregate, p50`, percentile(direct.all, 0.5), 'ms'),
    figure(`tree of a ${name}: faster than direct, p50`, ratio, '×', { atLeast: 10 }),
  ]
}

/** What the cockpit asks for: the tree with targets, pace and traffic lights. */
async function attainment(ctx: Ctx): Promise<Figure> {
  const { year: all } = await timesInTurn(
    { rounds: 100 },
    { year: () => attainmentTree(ctx, 'signed_amount', { period: '2025' }) },
  )
  return figure('attainment tree of a year, with targets and pace: p95', percentile(all, 0.95), 'ms', { atMost: 50 })
}

async function oneNode(
  ctx: Ctx,
  facts: Facts,
  { name, nodeId, ...span }: Named & { readonly nodeId: string },
): Promise<readonly Figure[]> {
  const metric = metricOf(facts)
  const direct = await timesInTurn(
    { rounds: 20, warmUp: 3 },
    { one: () => inView(ctx, (tx) => directFigure(tx, ctx, facts, { nodeId, ...span })) },
  )
  const rollUp = await timesInTurn(
    { rounds: 200 },
    { one: () => inView(ctx, (tx) => readFigure(tx, ctx, metric, nodeId, span)) },
  )
  const ratio = percentile(direct.one, 0.5) / percentile(rollUp.one, 0.5)
  return [
    figure(`one figure (${name}): p50`, percentile(rollUp.one, 0.5), 'ms'),
    figure(`one figure (${name}): direct aggregate, p50`, percentile(direct.one, 0.5), 'ms'),
    figure(`one figure (${name}): faster than direct, p50`, ratio, '×', { atLeast: 100 }),
  ]
}

function metricOf({ metric: key }: Facts) {
  const metric = standardMetrics().find(key)
  if (!metric) throw new Error(`${key} is not registered`)
  return metric
}

/** What somebody without a ledger would ask: the records of the days, by owner and the unit where she stood. */
async function directTree(tx: Tx, ctx: Ctx, facts: Facts, span: Span): Promise<readonly { readonly sum: string }[]> {
  const { rows } = await sql<{ sum: string }>`
    select s.unit_id, o.owner_id, sum(o.amount) as sum
    from ${creditedSql(ctx, facts, span)}
    group by 1, 2`.execute(tx)
  return rows
}

/** The same for one unit and everything below it. */
async function directFigure(
  tx: Tx,
  ctx: Ctx,
  facts: Facts,
  { nodeId, ...span }: Span & { readonly nodeId: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ sum: string }>`
    select trim_scale(sum(o.amount))::text as sum
    from ${creditedSql(ctx, facts, span)}
      and s.unit_id in (
        select unit_id from units_on(${keyAt(kinds.structure, 0)}, ${span.from}::date) where ${nodeId}::uuid = any(path))`.execute(
    tx,
  )
  return rows[0]?.sum
}

/** The records of the days, each with the span in which its owner stood somewhere. */
function creditedSql(ctx: Ctx, { table, day, status }: Facts, { from, to }: Span) {
  const on = sql.ref(`o.${day}`)
  return sql`${sql.table(table)} o
    join credit_span s on s.company_id = o.company_id and s.person_id = o.owner_id
      and s.structure_id = ${keyAt(kinds.structure, 0)} and s.from_day <= ${on} and ${on} < s.to_day
    where o.company_id = ${ctx.company.id} and o.status = ${status} and o.deleted_at is null
      and ${on} >= ${from}::date and ${on} < ${to}::date`
}

/** A fast figure that is wrong would be worth nothing. */
async function mustAgree(ctx: Ctx, facts: Facts): Promise<void> {
  await inView(ctx, async (tx) => {
    for (const unit of [0, 1, 7]) {
      const id = keyAt(kinds.unit, unit)
      const direct = await directFigure(tx, ctx, facts, { nodeId: id, ...quarter })
      const read = await readFigure(tx, ctx, metricOf(facts), id, quarter)
      if (direct !== read) throw new Error(`the roll-up says ${read}, the records say ${direct}`)
    }
  })
}
