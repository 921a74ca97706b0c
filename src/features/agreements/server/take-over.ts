import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { targetErrors } from '#features/targets/contract.ts'
import {
  openPlan,
  planAtVersion,
  planStore,
  readyReach,
  refuseSettled,
  revisePlan,
  summaryOf,
  withSums,
} from '#features/targets/server/index.ts'
import type { StoredRow } from '#features/targets/server/index.ts'
import { agreementErrors } from '../errors.ts'
import { proposalStore } from './proposal-store.ts'

interface TakeOver {
  readonly version: number
  readonly nodes?: readonly string[] | undefined
  readonly reason: string
}

/**
 * Takes proposals over into the plan, all or those of some rows and what is below them, as one revision. What was not
 * proposed and what is locked stays as it is; units follow what is below them, up to the top.
 */
export async function takeOver(ctx: Ctx, planId: string, { version, nodes, reason }: TakeOver) {
  await readyReach(ctx)
  return inStep(
    ctx,
    async (step) => {
      const plan = await planAtVersion(step, planId, version)
      refuseSettled(plan)
      const visible = await openPlan(step.tx, ctx, planId)
      const unknown = nodes?.find((node) => !visible.rows.some(({ id }) => id === node))
      if (unknown !== undefined) throw targetErrors.NODE_NOT_FOUND()
      const rows = await planStore.rows(step.tx, planId)
      const proposals = await proposalStore.ofPlan(step.tx, planId)
      const taken = takenRows(rows, proposals, nodes && new Set(nodes), (id) => visible.canEdit(id))
      if (taken.cells.size === 0) throw agreementErrors.NOTHING_PROPOSED()
      const cells = withSums(rows, taken.cells, plan)
      await revisePlan(step, plan, rows, { kind: 'taken-over', reason, cells })
      return {
        plan: summaryOf(ctx, await openPlan(step.tx, ctx, planId)),
        taken: taken.cells.size,
        kept: taken.kept,
      }
    },
    { kind: 'proposal.take-over' },
  )
}

type Months = ReadonlyMap<string, { readonly months: readonly string[] }>

function takenRows(
  rows: readonly StoredRow[],
  proposals: readonly { unitId: string; personId: string | null; periods: readonly string[] }[],
  wanted: ReadonlySet<string> | undefined,
  mayChange: (node: string) => boolean,
): { readonly cells: Months; readonly kept: number } {
  const proposed = new Map(proposals.map((one) => [`${one.unitId} ${one.personId ?? ''}`, one.periods]))
  const hasBelow = new Set(rows.map((row) => row.parentId))
  const inside = new Set<string>()
  const cells = new Map<string, { readonly months: readonly string[] }>()
  let kept = 0
  for (const row of rows) {
    if (!wanted || wanted.has(row.id) || inside.has(row.parentId ?? '')) inside.add(row.id)
    const periods = proposed.get(`${row.unitId} ${row.personId ?? ''}`)
    if (!inside.has(row.id) || hasBelow.has(row.id) || !periods || !mayChange(row.id)) continue
    const months = row.months.map((value, at) => (row.locked[at] ? value : (periods[at] ?? value)))
    kept += row.months.filter((value, at) => row.locked[at] && value !== periods[at]).length
    cells.set(row.id, { months })
  }
  return { cells, kept }
}
