import type { z } from 'zod'
import { fromUnits } from '#engine/money/units.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import type { Step } from '#platform/db/step.ts'
import { planChanged, targetErrors } from '../contract.ts'
import type { PlanSummary, setLevelRoute } from '../contract.ts'
import { rowIdAt } from '../levels.ts'
import type { SideLevel } from '../levels.ts'
import { makeLevel } from '../make-level.ts'
import { treeOfRows } from '../plan-cells.ts'
import { stepOfPlan } from '../plan-work.ts'
import { planStore, rowChanges } from './plan-store.ts'
import type { RowChange, StoredPlan } from './plan-store.ts'
import { planAtVersion } from './delete-plan.ts'
import { refuseSettled } from './revise-plan.ts'
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
      const changes = percent === null ? [] : await madeLevel(step, plan, level, percent)
      await planStore.setLevels(step, planId, percent === null ? others : [...others, level])
      const version = await planStore.saveRows(step, planId, {
        kind: 'changed',
        reason: reasonOf(wish, ctx),
        changes,
      })
      step.tell({ name: planChanged, payload: { planId, metric: plan.metric, year: plan.year, version } })
      step.audit({
        object: 'plan',
        recordId: planId,
        action: 'updated',
        before: { version: plan.version, levels: plan.levels },
        after: { version, level, percent },
      })
      return { plan: summaryOf(ctx, await openPlan(step.tx, ctx, planId)) }
    },
    { kind: 'plan.level' },
  )
}

/** The cells of a level, as percent of the target. */
export async function madeLevel(
  step: Step,
  plan: StoredPlan,
  level: SideLevel,
  percent: number,
): Promise<readonly RowChange[]> {
  const rows = await planStore.rows(step.tx, plan.id)
  const target = treeOfRows(rows, plan)
  const made = makeLevel(target, BigInt(percent), stepOfPlan(target, plan.unit))
  const cells = new Map(
    [...made.nodes].map(([id, { months, locked }]) => [
      rowIdAt(level, id),
      { months: months.map((value) => fromUnits(value, plan.unit)), locked },
    ]),
  )
  const before = await planStore.levelRows(step.tx, { ...plan, levels: [level] }, rows)
  return rowChanges(before, cells)
}

function refusePercent({ level, percent }: Wish, better: 'higher' | 'lower'): void {
  const isBelow = (level === 'floor') === (better === 'higher')
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
