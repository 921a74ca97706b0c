import { sql } from 'kysely'
import { inWords } from '#base/label.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { combine, type TierNode } from '#engine/metrics/tier-node.ts'
import { readPlannedTree } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { nobody } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'
import { asPerson, type Person } from '#platform/db/system.ts'
import { figureReach, type TreeOfMetric } from '#platform/ledger/index.ts'
import { orgView } from '#platform/records/reach.ts'
import { mayAct } from '#platform/records/scope.ts'
import { overrideForecast, submitForecast } from '../permissions.ts'
import { forecastErrors, type ForecastSetting } from '../contract.ts'
import { deadlineOf, type Deadline } from '../deadline.ts'
import type { Sums } from '../roll-up.ts'
import { readableBy } from './entry-reach.ts'
import { latestEntries } from './entry-store.ts'
import { closedMetric } from './in-sight.ts'
import { openSums } from './open-deals-store.ts'
import { findLaid, laySums, type LaidNode } from './lay-sums.ts'
import { periodFor } from './periods.ts'
import { readSetting } from './setting-store.ts'

/** Everything about a period's forecast that the reader sees. */
export interface Board {
  readonly root: LaidNode
  readonly tree: TreeOfMetric
  readonly metric: Metric
  readonly deadline: Deadline
  readonly isOver: boolean
  /** The reader sees the whole company. */
  readonly seesAll: boolean
}

/** The board of the period that is asked for and the node on it, the topmost unless told. FORECAST_NODE_NOT_FOUND. */
export async function boardAsked(
  tx: Tx,
  ctx: Ctx,
  { period: key, node }: { readonly period?: string | undefined; readonly node?: string | undefined },
) {
  const setting = await readSetting(tx, ctx)
  const period = periodFor(ctx, key, setting.periodKind)
  const board = await readBoard(tx, ctx, period, setting)
  const laid = node === undefined ? board.root : findLaid(board.root, node)
  if (!laid) throw forecastErrors.FORECAST_NODE_NOT_FOUND()
  return { period, board, laid }
}

/** The part of the tier tree in reach with targets, deals and what people said. */
export async function readBoard(tx: Tx, ctx: Ctx, period: Period, setting: ForecastSetting): Promise<Board> {
  const metric = closedMetric(ctx)
  const { tree, targets } = await readPlannedTree(tx, ctx, metric, period)
  const sums = await openSums(tx, ctx, period)
  const reach = await orgView().reach(ctx, figureReach(ctx, metric))
  const inReach = reach === 'everything' ? undefined : new Set(reach)
  const whole = inReach === undefined ? { ...tree, tree: withStrays(ctx, tree, sums) } : tree
  const deadline = deadlineOf(setting, period, ctx.today)
  const isOver = period.to <= ctx.today
  const root = laySums(whole.tree, {
    targetOf: (node) => (node.planned === null ? null : (targets?.rows[node.planned]?.target ?? null)),
    sums,
    entries: (await latestEntries(tx, ctx, period)).filter(await readableBy(ctx)),
    submitters: await submitters(tx, ctx),
    since: deadline.since,
    zone: ctx.company.zone,
    mayOverride: mayAct(ctx, overrideForecast) && !isOver,
    reader: ctx.actor.personId,
    isInReach: (person) => inReach?.has(person) ?? true,
  })
  return { root, tree: whole, metric, deadline, isOver, seesAll: inReach === undefined }
}

const outside = { zh: '未归属', en: 'Unassigned' }

/** Deals of people who stand in no unit are shown under a node of their own, so that the company is the sum of all. */
function withStrays(ctx: Ctx, { tree, shape }: TreeOfMetric, sums: ReadonlyMap<string, Sums>): TierNode {
  const placed = new Set(peopleIn(tree).map(({ personId }) => personId ?? nobody))
  const strays = [...sums.keys()].filter((person) => !placed.has(person))
  if (strays.length === 0) return tree
  const people = strays.map((person): TierNode => ({
    ...combine(`forecast-unassigned.${person}`, shape.people.get(person) ?? '', []),
    kind: 'person',
    personId: person === nobody ? null : person,
  }))
  const node = combine('forecast-unassigned', inWords(outside, ctx.language), people)
  return { ...tree, children: [...tree.children, node] }
}

function peopleIn(node: TierNode): readonly TierNode[] {
  return node.kind === 'person' ? [node] : node.children.flatMap(peopleIn)
}

/** Those who work here and may submit. */
async function submitters(tx: Tx, ctx: Ctx): Promise<ReadonlySet<string>> {
  const { rows } = await sql<Person>`
    select id, name, role, login_id as "loginId" from person where company_id = ${ctx.company.id} and is_active`.execute(
    tx,
  )
  return new Set(rows.filter((person) => mayAct(asPerson(ctx, person), submitForecast)).map(({ id }) => id))
}
