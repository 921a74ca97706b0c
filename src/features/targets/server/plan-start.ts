import type { Label } from '#base/label.ts'
import type { Step } from '#platform/db/step.ts'
import { targetErrors } from '../contract.ts'
import type { CascadeWish } from '../contract.ts'
import type { SideLevel } from '../levels.ts'
import type { Profile } from '../seasons.ts'
import type { Weigh } from '../spread.ts'
import { planStore } from './plan-store.ts'
import type { StoredPlan } from './plan-store.ts'
import type { StoredRow } from './stored-row.ts'

/** What a new plan is cascaded from. */
export interface PlanStart {
  readonly total: string
  readonly cascade: CascadeWish
  readonly weigh?: Weigh
  readonly profile?: Profile
  /** Values of every row, where nothing is cascaded: of rates and distinct counts. */
  readonly each?: ReadonlyMap<string, readonly bigint[]>
  /** The new plan's rows with the buffers of the year before. */
  readonly rows?: readonly StoredRow[]
  readonly levels?: readonly { readonly level: SideLevel; readonly percent: number }[]
  readonly notes?: readonly Label[]
}

export interface StartWish {
  readonly total?: string | undefined
  readonly cascade: CascadeWish
  readonly from: { readonly basis: 'targets' | 'actuals'; readonly year?: number | undefined; readonly growth: string }
}

/** The plan of the metric for another year; BASE_PLAN_MISSING without one. */
export async function planOfYear({ tx, ctx }: Step, metric: string, year: number): Promise<StoredPlan> {
  const [found] = await planStore.list(tx, ctx, { year, metric })
  if (found) return found
  const label = { zh: '{year} 财年没有目标计划', en: 'Fiscal {year} has no plan' }
  throw targetErrors.BASE_PLAN_MISSING({ year }, [{ field: 'from.year', code: 'no-plan', label, params: { year } }])
}
