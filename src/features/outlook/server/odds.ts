import { setImmediate as breathe } from 'node:timers/promises'
import type { Label } from '#base/label.ts'
import type { Period } from '#engine/calendar/period.ts'
import { outcomeOf, type EvidenceKind, type PeriodEnd } from '#engine/forecast/achievability.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { dealsSpeak } from './deals-speak.ts'
import { leavesAround, standingOf, type LeavesAround } from './leaves-around.ts'
import { evidenceOf, headMonths, isWithoutHistory, landingOfRow, type Moment, type RowPast } from './row-evidence.ts'
import { pastsOf } from './row-pasts.ts'
import { landingKind } from './written.ts'

/** A row of a plan, or a node of the tree, as far as its odds need it. */
export interface OddsRow {
  /** Unit, or unit and person joined by a dot. */
  readonly id: string
  readonly kind: 'unit' | 'person'
  readonly tier: string | null
}

/** Where rows end in a period by all that is known: the one answer that every screen shows. */
export interface Odds {
  readonly leaves: LeavesAround
  readonly moment: Moment
  readonly pasts: ReadonlyMap<string, RowPast>
  of(row: OddsRow): Promise<RowEnd | null>
}

export interface RowEnd extends PeriodEnd {
  /** What would speak for other rows or periods, and why it does not here. */
  readonly absent: readonly AbsentEvidence[]
}

export interface AbsentEvidence {
  readonly kind: EvidenceKind
  readonly reason: Label
}

interface Asked {
  readonly metric: Metric
  readonly period: Period
  /** All rows in sight: those without a history borrow from the others. */
  readonly rows: readonly OddsRow[]
  /** The share inside intervals. */
  readonly level: number
}

/** A forecast takes some milliseconds: after so many of them others have their turn. */
export const atOnce = 8

export async function oddsOf(ctx: Ctx, { metric, period, rows, level }: Asked): Promise<Odds> {
  const leaves = leavesAround(ctx)
  const moment = momentOf(ctx, period, leaves, metric)
  const { pasts, deals } = await inView(ctx, async (tx) => {
    return {
      deals: await dealsSpeak(tx, ctx, metric, period),
      pasts: await pastsOf(tx, ctx, { metric, period, leaves, moment, rows }),
    }
  })
  const peers = perHeadOf(rows, pasts, moment)
  return {
    leaves,
    moment,
    pasts,
    of: async (row) => {
      const past = pasts.get(row.id)
      if (!past) return null
      const { landing, absent } = deals(row.id)
      const evidence = evidenceOf(past, moment, { peersPerHead: await peers(row), deals: landing })
      const end = outcomeOf(evidence, { level, least: leastOf(past, moment) })
      return end && { ...end, absent: absent === null ? [] : [{ kind: 'pipeline', reason: absent }] }
    },
  }
}

export function momentOf(ctx: Ctx, period: Period, leaves: LeavesAround, metric: Pick<Metric, 'kind'>): Moment {
  return {
    kind: landingKind(metric),
    share: leaves.share,
    season: leaves.season,
    ...standingOf(ctx, period, leaves),
  }
}

/** What only grew so far does not fall below what is there. */
function leastOf({ months, actual }: RowPast, { kind, wait }: Moment): number {
  if (actual < 0 || months.some((value) => value < 0)) return -Infinity
  return kind === 'flow' && wait === 0 ? actual : 0
}

/** What rows like this one, with a history of their own, will reach by head and month: those of its tier in sight. */
function perHeadOf(rows: readonly OddsRow[], pasts: ReadonlyMap<string, RowPast>, moment: Moment) {
  const keyOf = ({ kind, tier }: OddsRow) => `${kind} ${tier ?? ''}`
  const byKey = Map.groupBy(rows, keyOf)
  const known = new Map<string, readonly number[]>()
  const reached = (row: OddsRow): readonly number[] => {
    const past = pasts.get(row.id)
    const heads = past ? headMonths(past, moment) : 0
    if (!past || heads <= 0 || isWithoutHistory(past)) return []
    const found = landingOfRow(past, moment)
    return found ? [found.mean / heads] : []
  }
  const reachedByAll = async (peers: readonly OddsRow[]) => {
    const found: number[] = []
    for (const [at, peer] of peers.entries()) {
      if (at % atOnce === 0) await breathe()
      found.push(...reached(peer))
    }
    return found
  }
  return async (row: OddsRow): Promise<readonly number[]> => {
    const past = pasts.get(row.id)
    if (!past || !isWithoutHistory(past)) return []
    const key = keyOf(row)
    const peers = known.get(key) ?? (await reachedByAll(byKey.get(key) ?? []))
    known.set(key, peers)
    return peers
  }
}
