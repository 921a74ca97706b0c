import { addDays, earlier, later, type Day } from '#engine/calendar/day.ts'
import { addsUp, writeAmount, type Metric } from '#engine/metrics/metric.ts'
import { nodesOf } from '#engine/metrics/find-node.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import { targetErrors } from '#features/targets/contract.ts'
import { metricAsked, periodAsked, readPlannedTree } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { defaultStructure } from '#platform/ledger/index.ts'
import { countedTo } from './watched.ts'
import { attainmentErrors, refuseBackwards, refuseToCome, unfit } from '../errors.ts'
import { countsAt, placesOf, type OutlineStretch, type Placed } from '../outline.ts'
import { movesBetween, type Moves, type Standing } from '../moves.ts'
import { partsOfChange, reasons, type Counting, type Reason, type ReasonPart, type RecordChange } from '../reasons.ts'
import { findSnapshot, type Snapshot } from './snapshot-store.ts'
import { treeOfSnapshot } from './stand-up.ts'
import { changesBetween, changesSince, recordsWithin, windowOf, type LedgerKey } from './window-store.ts'

export interface ChangesAsked {
  readonly period?: string | undefined
  readonly node?: string | undefined
  /** The day whose end is compared from; a week ago unless told. */
  readonly since?: string | undefined
  /** The day whose end is compared to; now unless told. */
  readonly until?: string | undefined
}

/** A figure at one of the two ends. */
interface End {
  /** Null: now. */
  readonly on: string | null
  readonly amount: bigint
  readonly standing: Standing
  /** Rows before this day make the figure. */
  readonly countedTo: Day
}

export interface Changed {
  readonly key: LedgerKey
  readonly then: End
  readonly now: End
  readonly parts: readonly { readonly change: RecordChange; readonly parts: readonly ReasonPart[] }[]
  /** Records that changed anywhere. */
  readonly touched: ReadonlySet<string>
  /** What no record explains: units that stand elsewhere, with records that stayed as they were. */
  readonly rest: bigint
  /** The rows of those units. */
  readonly moves: Moves
  /** Whether a row lies in what the actor sees: by where units stood then, and by where they stand now. */
  readonly isSeen: { then(row: Placed): boolean; now(row: Placed): boolean }
}

/** Both ends of a period at every node, and what every record did in between: read once for however many nodes. */
export interface Comparison {
  readonly key: LedgerKey
  /** The first day whose rows count. */
  readonly from: Day
  readonly then: WholeEnd
  readonly now: WholeEnd
  readonly changes: ReadonlyMap<string, RecordChange>
  readonly isSeen: Changed['isSeen']
}

interface WholeEnd {
  readonly on: string | null
  readonly countedTo: Day
  readonly tree: TierNode
  readonly stretches: readonly OutlineStretch[]
}

/** Why a node's figure of then became that of now: by reason, the parts sum to the difference exactly. */
export async function whatChanged(ctx: Ctx, metricKey: string, asked: ChangesAsked) {
  return inView(ctx, async (tx) => byReason(changedAt(await readComparison(tx, ctx, metricKey, asked), asked.node)))
}

export function byReason({ then, now, parts, rest }: Changed) {
  const sums = new Map<Reason, { amount: bigint; records: number }>()
  for (const { reason, amount } of parts.flatMap((one) => one.parts)) {
    const sum = sums.get(reason) ?? { amount: 0n, records: 0 }
    sums.set(reason, { amount: sum.amount + amount, records: sum.records + 1 })
  }
  const moved = sums.get('organisation') ?? { amount: 0n, records: 0 }
  if (rest !== 0n) sums.set('organisation', { ...moved, amount: moved.amount + rest })
  return {
    since: { on: then.on, actual: writeAmount(then.amount) },
    until: { on: now.on, actual: writeAmount(now.amount) },
    difference: writeAmount(now.amount - then.amount),
    parts: reasons.flatMap((reason) => {
      const sum = sums.get(reason)
      return sum ? [{ reason, amount: writeAmount(sum.amount), records: sum.records }] : []
    }),
  }
}

export async function readComparison(
  tx: Tx,
  ctx: Ctx,
  metricKey: string,
  asked: Omit<ChangesAsked, 'node'>,
): Promise<Comparison> {
  const metric = metricAsked(ctx, metricKey)
  // What reads the rows of another metric has none to compare.
  if (!addsUp(metric) || metric.reads) throw attainmentErrors.CHANGES_NOT_ADDITIVE({}, unfit('metric'))
  const period = periodAsked(ctx, asked.period)
  refuseToCome('since', asked.since, ctx.today)
  refuseToCome('until', asked.until, ctx.today)
  const since = asked.since ?? addDays(ctx.today, -7)
  refuseBackwards(since, asked.until)
  const structureId = await defaultStructure(tx, ctx)
  const key = { ctx, metric, structureId }
  const of = { metric: metric.key, structureId, period: period.key }
  const first = await findSnapshot(tx, ctx, of, { on: since })
  const window = await windowOf(tx, key)
  if (!first || !window) throw attainmentErrors.SNAPSHOT_NOT_FOUND({ on: since })
  const live = await readPlannedTree(tx, ctx, metric, period)
  const kept = async (snapshot: Snapshot): Promise<WholeEnd> => ({
    on: snapshot.onDay,
    countedTo: snapshot.countedTo,
    tree: (await treeOfSnapshot(tx, ctx, metric, snapshot)).tree,
    stretches: snapshot.outline.stretches,
  })
  const from = isLevel(metric) ? '0001-01-01' : period.from
  const last = asked.until === undefined ? undefined : await findSnapshot(tx, ctx, of, { on: asked.until })
  if (asked.until !== undefined && !last) throw attainmentErrors.SNAPSHOT_NOT_FOUND({ on: asked.until })
  const today = {
    ...{ on: null, countedTo: countedTo(ctx, metric, period), tree: live.tree.tree },
    stretches: stretchesOf(live.tree.shape.stretches),
  }
  const [then, now] = [await kept(first), last ? await kept(last) : today]
  const seenIn = ({ tree, stretches }: WholeEnd) => countsAt(stretches, placesOf(tree), isLevel(metric))
  const days = { from, to: period.to }
  const changes = await changesOf(tx, key, { since: first.turn, until: last?.turn ?? window.turn }, !last && days)
  const between = { from: earlier(then.countedTo, now.countedTo), to: later(then.countedTo, now.countedTo) }
  const changedLater = last && isLevel(metric) ? await changesOf(tx, key, { since: last.turn, until: window.turn }, days) : none // prettier-ignore
  return {
    ...{ key, from, then, now },
    changes: new Map([...(await standingStill(tx, key, between, changedLater)), ...changes]),
    isSeen: { then: seenIn(then), now: seenIn(today) },
  }
}

const none: ReadonlyMap<string, RecordChange> = new Map()

/**
 * Records that did not change by themselves, but of which other days count: those with a row between the ends, and as
 * they were then those that changed after both. Those that did change stand before them.
 */
async function standingStill(
  tx: Tx,
  key: LedgerKey,
  between: { readonly from: Day; readonly to: Day },
  changedLater: ReadonlyMap<string, RecordChange>,
): Promise<ReadonlyMap<string, RecordChange>> {
  if (between.from === between.to) return none
  const still = new Map(await recordsWithin(tx, key, between))
  for (const [id, change] of changedLater) still.set(id, { ...change, after: change.before })
  return still
}

const isLevel = ({ kind }: Metric): boolean => kind === 'stock'

/** What a comparison says of one node; of the top unless told. */
export function changedAt(comparison: Comparison, node?: string): Changed {
  const { key, from, changes, isSeen } = comparison
  const endOf = ({ on, tree, stretches, countedTo: to }: WholeEnd): End | undefined => {
    const nodes = node === undefined ? [tree] : nodesOf(tree, node)
    if (nodes.length === 0) return undefined
    const standing = { stretches, places: nodes.flatMap(placesOf) }
    const amount = nodes.reduce((sum, { numerator }) => sum + numerator, 0n)
    return { on, amount, standing, countedTo: to }
  }
  const [then, now] = [endOf(comparison.then), endOf(comparison.now)]
  if (!then && !now) throw targetErrors.NODE_NOT_FOUND()
  const ends = { then: then ?? nothing(comparison.then), now: now ?? nothing(comparison.now) }
  const counting = countingOf(ends, from, isLevel(key.metric))
  const parts = [...changes.values()].flatMap((change) => {
    const own = partsOfChange(change, counting)
    return own.length > 0 ? [{ change, parts: own }] : []
  })
  const explained = parts.flatMap((one) => one.parts).reduce((sum, { amount }) => sum + amount, 0n)
  return {
    ...{ key, parts, isSeen, ...ends },
    moves: movesBetween(ends.then.standing, ends.now.standing, { from, to: ends.now.countedTo }, isLevel(key.metric)),
    touched: new Set(changes.keys()),
    rest: ends.now.amount - ends.then.amount - explained,
  }
}

const nothing = ({ on, countedTo: to }: WholeEnd): End => ({
  on,
  amount: 0n,
  standing: { stretches: [], places: [] },
  countedTo: to,
})

function countingOf({ then, now }: { then: End; now: End }, from: Day, level: boolean): Counting {
  const [stood, stands] = [then, now].map(({ standing }) => countsAt(standing.stretches, standing.places, level))
  const by = (counts: typeof stood, to: Day) => (row: Placed) =>
    from <= row.day && row.day < to && counts?.(row) === true
  return {
    then: by(stood, then.countedTo),
    passed: by(stood, now.countedTo),
    now: by(stands, now.countedTo),
    // Days that count no more were counted ahead by an older definition of the level of a period that goes on.
    passing: now.countedTo < then.countedTo ? 'definition' : 'time',
  }
}

export function stretchesOf(
  stretches: readonly {
    readonly from: string
    readonly to: string
    readonly paths: ReadonlyMap<string, readonly string[]>
  }[],
): readonly OutlineStretch[] {
  return stretches.map(({ from, to, paths }) => ({ from, to, paths: [...paths] }))
}

/** The turns in between, and where now is asked for what changed since the last of them. */
async function changesOf(
  tx: Tx,
  key: LedgerKey,
  turns: { readonly since: number; readonly until: number },
  today: false | { readonly from: string; readonly to: string },
): Promise<ReadonlyMap<string, RecordChange>> {
  const kept = await changesBetween(tx, key, turns)
  if (!today) return kept
  const fresh = await changesSince(tx, key, today)
  const whole = new Map(kept)
  for (const [id, change] of fresh) {
    const before = kept.get(id)
    whole.set(id, before ? { ...change, before: before.before } : change)
  }
  return whole
}
