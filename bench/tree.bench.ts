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

/** The whole tree and single figures from the roll-up, beside what direct SQL over the deals takes for the same. */
export async function bench({ seeded }: Setting): Promise<readonly Figure[]> {
  const { everybody: ctx, facts } = await seeded()
  await facts()
  await mustAgree(ctx)
  return [
    ...(await wholeTree(ctx, 'year', year)),
    ...(await wholeTree(ctx, 'quarter', quarter)),
    await attainment(ctx),
    ...(await oneNode(ctx, 'company, year', keyAt(kinds.unit, 0), year)),
    ...(await oneNode(ctx, 'region, month', keyAt(kinds.unit, 1), month)),
  ]
}

async function wholeTree(ctx: Ctx, name: string, span: Span): Promise<readonly Figure[]> {
  const metric = signedAmount()
  const direct = await timesInTurn(
    { rounds: 10, warmUp: 2 },
    { all: () => inView(ctx, (tx) => directTree(tx, ctx, span)) },
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

async function oneNode(ctx: Ctx, name: string, nodeId: string, span: Span): Promise<readonly Figure[]> {
  const metric = signedAmount()
  const direct = await timesInTurn(
    { rounds: 20, warmUp: 3 },
    { one: () => inView(ctx, (tx) => directFigure(tx, ctx, nodeId, span)) },
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

function signedAmount() {
  const metric = standardMetrics().find('signed_amount')
  if (!metric) throw new Error('signed_amount is not registered')
  return metric
}

/** What somebody without a ledger would ask: the won deals of the days, by owner and the unit where she stood. */
async function directTree(tx: Tx, ctx: Ctx, { from, to }: Span): Promise<readonly { readonly sum: string }[]> {
  const { rows } = await sql<{ sum: string }>`
    select s.unit_id, o.owner_id, sum(o.amount) as sum
    from opportunity o
    join credit_span s on s.company_id = o.company_id and s.person_id = o.owner_id
      and s.structure_id = ${keyAt(kinds.structure, 0)} and s.from_day <= o.closed_on and o.closed_on < s.to_day
    where o.company_id = ${ctx.company.id} and o.status = 'won' and o.deleted_at is null
      and o.closed_on >= ${from}::date and o.closed_on < ${to}::date
    group by 1, 2`.execute(tx)
  return rows
}

/** The same for one unit and everything below it. */
async function directFigure(tx: Tx, ctx: Ctx, unitId: string, { from, to }: Span): Promise<string | undefined> {
  const { rows } = await sql<{ sum: string }>`
    select trim_scale(sum(o.amount))::text as sum
    from opportunity o
    join credit_span s on s.company_id = o.company_id and s.person_id = o.owner_id
      and s.structure_id = ${keyAt(kinds.structure, 0)} and s.from_day <= o.closed_on and o.closed_on < s.to_day
    where o.company_id = ${ctx.company.id} and o.status = 'won' and o.deleted_at is null
      and o.closed_on >= ${from}::date and o.closed_on < ${to}::date
      and s.unit_id in (
        select unit_id from units_on(${keyAt(kinds.structure, 0)}, ${from}::date) where ${unitId}::uuid = any(path))`.execute(
    tx,
  )
  return rows[0]?.sum
}

/** A fast figure that is wrong would be worth nothing. */
async function mustAgree(ctx: Ctx): Promise<void> {
  await inView(ctx, async (tx) => {
    for (const unit of [0, 1, 7]) {
      const id = keyAt(kinds.unit, unit)
      const direct = await directFigure(tx, ctx, id, quarter)
      const read = await readFigure(tx, ctx, signedAmount(), id, quarter)
      if (direct !== read) throw new Error(`the roll-up says ${read}, the deals say ${direct}`)
    }
  })
}
