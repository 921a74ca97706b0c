import { createPlan, movePlan, savePlan, showPlan } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { PlanRow } from '#features/targets/contract.ts'
import { known } from './load-org.ts'
import type { PlanStory } from './story.ts'

/** Makes, adjusts and publishes a plan by the acts that people use. */
export async function loadPlan(ctx: Ctx, story: PlanStory, idOf: ReadonlyMap<string, string>): Promise<void> {
  const cells = new Map(
    story.cells.map(({ unit, person, months }) => [`${known(idOf, unit)}.${known(idOf, person)}`, months] as const),
  )
  const total = [...cells.values()].flat().reduce((sum, amount) => sum + amount, 0)
  const { plan } = await createPlan(ctx, {
    metric: story.metric,
    year: story.year,
    total: String(total),
    cascade: { method: 'headcount', season: 'even', headsCarry: false, ramp: [] },
    reason: '按编制初步分解',
  })
  const { rows } = await showPlan(ctx, plan.id)
  const months = monthsOf(rows, cells)
  const changed = rows.map(({ id }) => ({ node: id, months: (months.get(id) ?? []).map(String) }))
  const saved = await savePlan(ctx, plan.id, { version: plan.version, reason: story.reason, rows: changed })
  await movePlan(ctx, plan.id, { version: saved.plan.version, act: 'publish' })
}

/** People as the story says, units as the sums of what is below; rows come parents before children. */
function monthsOf(
  rows: readonly PlanRow[],
  cells: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<string, number[]> {
  const months = new Map(rows.map(({ id }) => [id, [...(cells.get(id) ?? new Array<number>(12).fill(0))]]))
  for (const row of rows.toReversed()) {
    const above = row.parentId === null ? undefined : months.get(row.parentId)
    months.get(row.id)?.forEach((amount, at) => above && (above[at] = (above[at] ?? 0) + amount))
  }
  const missing = [...cells.keys()].filter((id) => !months.has(id))
  if (missing.length > 0) throw new Error(`the plan has no row for ${missing.join(', ')}`)
  return months
}
