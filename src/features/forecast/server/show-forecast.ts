import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { mayAct } from '#platform/records/scope.ts'
import { holds } from '#engine/policy/company-role.ts'
import { forecastManage, forecastPermissions, submitForecast } from '../permissions.ts'
import { readBoard } from './board.ts'
import { homeOf } from './lay-sums.ts'
import { countUndated } from './open-deals-store.ts'
import { neighbours, periodFor, shownPeriod } from './periods.ts'
import { readSetting } from './setting-store.ts'

/** The forecast of a period at every node that the actor sees. */
export async function showForecast(ctx: Ctx, { period: key }: { readonly period?: string | undefined }) {
  return inView(ctx, async (tx) => {
    const setting = await readSetting(tx, ctx)
    const period = periodFor(ctx, key, setting.periodKind)
    const { root, deadline, isOver } = await readBoard(tx, ctx, period, setting)
    const { earlier, later } = neighbours(ctx, period)
    const own = ctx.actor.personId === null ? undefined : homeOf(root, ctx.actor.personId)
    return {
      period: shownPeriod(period),
      earlier: shownPeriod(earlier),
      later: shownPeriod(later),
      setting,
      currency: ctx.company.currency,
      dueOn: isOver ? null : deadline.dueOn,
      isOver,
      root: root.shown,
      ownNode: own?.tier.id ?? null,
      undated: await countUndated(tx, ctx, root.people),
      can: { submit: own !== undefined && !isOver && mayAct(ctx, submitForecast), manage: mayManage(ctx) },
    }
  })
}

function mayManage(ctx: Ctx): boolean {
  return forecastPermissions.some((one) => one.key === forecastManage && holds(ctx.actor.role, one))
}
