import { fiscalYearOf } from '#engine/calendar/period.ts'
import { fromUnits } from '#engine/money/units.ts'
import { listPlans, planAfterMoves, showPlan } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { holds } from '#engine/policy/company-role.ts'
import { targetPermissions } from '#features/targets/contract.ts'
import type { Effects } from '../effects-contract.ts'
import { topDown } from '../drawing.ts'
import { unitsOfBoth, type Redrawing } from './redrawing.ts'

/** The plans of the year in which a reorganisation begins: what units keep, and what a refresh would give them. */
export async function plansAfter(ctx: Ctx, { draft, before, after, redrawn }: Redrawing): Promise<Effects['plans']> {
  const mayRead = targetPermissions.some((one) => one.key === 'plan.read' && holds(ctx.actor.role, one))
  if (!mayRead) return []
  const year = fiscalYearOf(draft.effectiveOn, ctx.company.calendar)
  const found: Effects['plans'] = []
  for (const { id, metricLabel, measure, unit, rule, ...plan } of (await listPlans(ctx, {})).plans) {
    if (plan.year !== year) continue
    const { months, rows } = await showPlan(ctx, id)
    const isIn = draft.effectiveOn >= (months[0]?.from ?? '') && draft.effectiveOn < (months.at(-1)?.to ?? '')
    if (!isIn || rows.length === 0) continue
    const since = months.findIndex(({ from }) => from >= draft.effectiveOn)
    const { stays, refreshed } = planAfterMoves(
      rows,
      { unit, rule },
      {
        units: topDown(after).map((one) => ({ unitId: one.id, parentId: one.parentId })),
        people: redrawn.placed
          .filter((one) => one.before.isMain)
          .map((one) => ({ personId: one.after.personId, from: one.before.unitId, to: one.after.unitId })),
        since: since < 0 ? months.length : since,
      },
    )
    const shown = (value: bigint | undefined) => (value === undefined ? null : fromUnits(value, unit))
    found.push({
      id,
      metric: metricLabel,
      unit: measure,
      year: plan.year,
      nodes: unitsOfBoth(before, after).flatMap(({ id: unitId, name, depth }) => {
        const [stay, then] = [stays.get(unitId), refreshed.get(unitId)]
        if (stay === undefined && then === undefined) return []
        return [
          {
            unitId,
            name,
            depth,
            stays: shown(stay),
            refreshed: shown(then),
            change: shown((then ?? 0n) - (stay ?? 0n)),
          },
        ]
      }),
    })
  }
  return found
}
