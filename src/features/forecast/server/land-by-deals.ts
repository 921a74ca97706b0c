import type { Period } from '#engine/calendar/period.ts'
import type { Judged } from '#engine/forecast-deals/back-test.ts'
import { writeAmount } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import type { DealsAbsent } from '../contract.ts'
import { readBoard } from './board.ts'
import { closedInSight } from './in-sight.ts'
import type { LaidNode } from './lay-sums.ts'
import { rowOf, type RowKey } from './row-key.ts'
import { readSetting } from './setting-store.ts'
import { statedStages } from './story-store.ts'
import { statedBy } from './show-system.ts'
import { systemOf } from './system-forecast.ts'

/** Where a row lands by its deals: won, open ones by their calibrated chances, and those that nobody knows yet. */
export interface LandingByDeals {
  readonly mean: number
  readonly deviation: number
  readonly closed: number
  readonly open: number
  readonly unseen: number
  /** The same of past periods with as many days left, the oldest first. */
  readonly tried: readonly Judged[]
}

/** What deals say of a row, or why they say nothing; neither where the row is not in sight. */
export interface DealsOfRow {
  readonly landing: LandingByDeals | null
  readonly absent: DealsAbsent | null
}

export interface DealsSpeak {
  /** Hangs on the row alone, and not on whatever else its reader sees. */
  of(row: RowKey): DealsOfRow
}

/** Of what is to come less than this part lies in deals that are open: the period is too far for them. */
const leastInSight = 0.2

/**
 * What deals say of a period at the rows in sight of the actor: the forecast of the system. What all rows share is read
 * once; a row is reckoned when it is asked for. Null where the role hides what makes it.
 */
export async function landByDeals(tx: Tx, ctx: Ctx, period: Period): Promise<DealsSpeak | null> {
  if (!closedInSight(ctx)) return null
  const setting = await readSetting(tx, ctx)
  const board = await readBoard(tx, ctx, period, setting)
  const stated = statedBy(await statedStages(tx, ctx))
  const system = await systemOf(tx, ctx, { board, period, stated }, board.root)
  const byRow = Map.groupBy(nodesOf(board.root), ({ tier }) => rowOf(tier))
  const landingOf = (laid: readonly LaidNode[]): LandingByDeals => {
    const closed = laid.reduce((sum, { system: sums }) => sum + Number(writeAmount(sums.closed)), 0)
    const { forecast, trials } = system.of({ laid, closed })
    const { expected, deviation, open, unseen } = forecast
    return { mean: expected, deviation, closed, open, unseen, tried: trials }
  }
  const dealsOf = (laid: readonly LaidNode[] | undefined): DealsOfRow => {
    if (!laid) return { landing: null, absent: null }
    const landing = landingOf(laid)
    const absent = whyAbsent(landing, system.experience.isGrounded, period.from > ctx.today)
    return { landing: absent === null ? landing : null, absent }
  }
  const known = new Map<RowKey, DealsOfRow>()
  return {
    of: (row) => {
      const found = known.get(row) ?? dealsOf(byRow.get(row))
      known.set(row, found)
      return found
    },
  }
}

function whyAbsent({ open, unseen }: LandingByDeals, isGrounded: boolean, isToCome: boolean): DealsAbsent | null {
  if (!isGrounded) return 'too-few-closed'
  if (open <= 0) return 'none-open'
  return isToCome && open < leastInSight * (open + unseen) ? 'too-far' : null
}

function nodesOf(node: LaidNode): readonly LaidNode[] {
  return [node, ...node.children.flatMap(nodesOf)]
}
