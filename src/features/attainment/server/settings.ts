import { holds } from '#engine/policy/company-role.ts'
import type { AttainmentSettings } from '#features/targets/contract.ts'
import { attainmentSettings, keepAttainmentSettings } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { attainmentErrors } from '../errors.ts'
import { attainmentPermissions } from '../permissions.ts'

export async function showSettings(ctx: Ctx) {
  const { settings, version } = await inView(ctx, (tx) => attainmentSettings(tx, ctx))
  return { settings, version, canChange: attainmentPermissions.every((manage) => holds(ctx.actor.role, manage)) }
}

/** Lights, alerts, closing and what is kept besides plans. */
export async function changeSettings(
  ctx: Ctx,
  { settings, version }: { readonly settings: AttainmentSettings; readonly version: number },
) {
  settings.keptMetrics.forEach((key, at) => {
    if (ctx.company.metrics.find(key)) return
    const label = { zh: '没有指标 {metric}', en: 'There is no metric {metric}' }
    throw attainmentErrors.METRIC_UNKNOWN({ metric: key }, [
      { field: `settings.keptMetrics.${at}`, code: 'unknown', label, params: { metric: key } },
    ])
  })
  return inStep(
    ctx,
    async (step) => {
      const before = await attainmentSettings(step.tx, ctx)
      const next = await keepAttainmentSettings(step, settings, version)
      if (next === undefined) throw attainmentErrors.SETTINGS_CHANGED()
      step.audit({
        object: 'attainment_settings',
        recordId: ctx.company.id,
        action: 'updated',
        before: before.settings,
        after: settings,
      })
      return { settings, version: next }
    },
    { kind: 'attainment.settings' },
  )
}
