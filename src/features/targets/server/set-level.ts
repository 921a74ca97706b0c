import type { z } from 'zod'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { targetErrors } from '../contract.ts'
import type { PlanSummary, setLevelRoute } from '../contract.ts'
import { isBelowTarget, readRowId } from '../levels.ts'
import type { SideLevel } from '../levels.ts'
import { makeLevel } from '../make-level.ts'
import { treeOfRows } from '../plan-cells.ts'
import { stepOfPlan } from '../plan-work.ts'
import { planStore } from './plan-store.ts'
import type { StoredPlan } from './plan-store.ts'
import { rowChanges } from './row-changes.ts'
import type { Cells } from './row-changes.ts'
import type { StoredRow } from './stored-row.ts'
import { planAtVersion } from './delete-plan.ts'
import { cellsOf } from './follow-levels.ts'
import { refuseSettled, revisePlan } from './revise-plan.ts'
import { openPlan, summaryOf } from './show-plan.ts'

type Wish = z.output<NonNullable<typeof setLevelRoute.body>>

/** Switches a level on or makes it anew from the target by percent, or switches it off. */
export async function setLevel(ctx: Ctx, planId: string, wish: Wish): Promise<{ plan: PlanSummary }> {
  return inStep(
    ctx,
    async (step) => {
      const plan = await planAtVersion(step, planId, wish.version)
      refuseSettled(plan)
      refusePercent(wish, plan.rule.better)
      const { level, percent } = wish
      const others = plan.levels.filter((each) => each !== level)
      const levels = percent === null ? others : [...others, level]
      const target = await planStore.rows(step.tx, planId)
      const known = await planStore.levelRows(step.tx, { ...plan, levels: [...others, level] }, target)
      const kept = known.filter(({ id }) => readRowId(id).level !== level || percent !== null)
      await revisePlan(step, { ...plan, levels }, [...target, ...kept], {
        kind: 'changed',
        reason: reasonOf(wish, ctx),
        cells: percent === null ? new Map<string, Cells>() : madeLevel(plan, target, level, percent),
        // What it was stays readable, also as what was in force.
        beside: percent === null ? rowChanges(known, nothingAt(level, known)) : [],
        noted: { before: { levels: plan.levels }, after: { level, percent } },
      })
      await planStore.setLevels(step, planId, levels)
      return { plan: summaryOf(ctx, await openPlan(step.tx, ctx, planId)) }
    },
    { kind: 'plan.level' },
  )
}

/** The cells of a level, as percent of the target, whose rows these are. */
export function madeLevel(
  plan: StoredPlan,
  rows: readonly StoredRow[],
  level: SideLevel,
  percent: number,
): ReadonlyMap<string, Cells> {
  const target = treeOfRows(rows, plan)
  return cellsOf(makeLevel(target, BigInt(percent), stepOfPlan(target, plan.unit)), plan.unit, level)
}

function nothingAt(level: SideLevel, rows: readonly StoredRow[]): ReadonlyMap<string, Pick<Cells, 'months'>> {
  const own = rows.filter(({ id }) => readRowId(id).level === level)
  return new Map(own.map(({ id, months }) => [id, { months: months.map(() => '0') }]))
}

function refusePercent({ level, percent }: Wish, better: 'higher' | 'lower'): void {
  const isBelow = isBelowTarget(level, better)
  if (percent === null || (isBelow ? percent <= 100 : percent >= 100)) return
  throw targetErrors.PLAN_INVALID({}, [
    { field: 'percent', code: 'crosses', label: crossing[level][isBelow ? 'below' : 'above'] },
  ])
}

const crossing = {
  floor: {
    below: { zh: '保底不能高于目标的 100%', en: 'A floor is at most 100 % of the target' },
    above: {
      zh: '越低越好的指标，保底不能低于目标的 100%',
      en: 'Where less is better, a floor is at least 100 % of the target',
    },
  },
  stretch: {
    below: {
      zh: '越低越好的指标，挑战不能高于目标的 100%',
      en: 'Where less is better, a stretch is at most 100 % of the target',
    },
    above: { zh: '挑战不能低于目标的 100%', en: 'A stretch is at least 100 % of the target' },
  },
} as const

function reasonOf({ level, percent }: Wish, { language }: Ctx): string {
  const names = { floor: { zh: '保底', en: 'Floor' }, stretch: { zh: '挑战', en: 'Stretch' } } as const
  const name = names[level][language]
  if (percent === null) return language === 'zh' ? `停用${name}` : `${name} switched off`
  return language === 'zh' ? `${name}＝目标的 ${percent}%` : `${name} = ${percent} % of the target`
}
