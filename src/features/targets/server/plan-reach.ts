import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { reachOf } from '#engine/policy/role.ts'
import { orgStore } from './org-store.ts'
import type { StoredRow } from './plan-store.ts'

/** What the actor sees of a plan and may change of it. */
export interface PlanReach {
  /** In the order of the plan, the topmost without a parent. */
  readonly rows: readonly StoredRow[]
  /** Rows that stay fixed for this actor with all above them; empty: the whole plan may change. */
  readonly fixedTops: readonly string[]
  canEdit(node: string): boolean
}

/** A manager sees the own units and changes what is below their tops; a representative reads the own rows. */
export async function planReach(tx: Tx, ctx: Ctx, rows: readonly StoredRow[]): Promise<PlanReach> {
  const reach = reachOf[ctx.actor.role]
  if (reach === 'everything') return { rows, fixedTops: [], canEdit: () => true }
  const personId = ctx.actor.personId ?? ''
  if (reach === 'own') return ownRows(rows, personId)
  const own = new Set(await orgStore.ownUnits(tx, personId, ctx.today))
  return rowsBelow(rows, own)
}

function ownRows(rows: readonly StoredRow[], personId: string): PlanReach {
  const own = rows.filter((row) => row.personId === personId).map((row) => ({ ...row, parentId: null }))
  return { rows: own, fixedTops: own.map(({ id }) => id), canEdit: () => false }
}

function rowsBelow(rows: readonly StoredRow[], own: ReadonlySet<string>): PlanReach {
  const seen = new Set<string>()
  const tops: string[] = []
  const visible = rows.flatMap((row) => {
    if (row.parentId !== null && seen.has(row.parentId)) {
      seen.add(row.id)
      return [row]
    }
    if (row.kind !== 'unit' || !own.has(row.id)) return []
    seen.add(row.id)
    tops.push(row.id)
    return [{ ...row, parentId: null }]
  })
  return { rows: visible, fixedTops: tops, canEdit: (node) => seen.has(node) && !tops.includes(node) }
}
