import type { Ctx } from '#platform/db/ctx.ts'
import { reachOf } from '#engine/policy/company-role.ts'
import { orgView } from '#platform/records/reach.ts'
import type { StoredRow } from './stored-row.ts'

/** What the actor sees of a plan and may change of it. */
export interface PlanReach {
  /** In the order of the plan, the topmost without a parent. */
  readonly rows: readonly StoredRow[]
  /** Rows that stay fixed for this actor with all above them; empty: the whole plan may change. */
  readonly fixedTops: readonly string[]
  canEdit(node: string): boolean
}

/**
 * Asks how far the actor sees before a step begins: inside, it would need a second connection while the first waits, and
 * many at once would wait for each other. The answer is kept with the context.
 */
export async function readyReach(ctx: Ctx): Promise<void> {
  await orgView().reach(ctx)
  await orgView().units(ctx)
}

/**
 * Whoever reaches whole units sees these and changes what is below their tops; whoever reaches people only reads their
 * rows.
 */
export async function planReach(ctx: Ctx, rows: readonly StoredRow[]): Promise<PlanReach> {
  const [people, units] = [await orgView().reach(ctx), await orgView().units(ctx)]
  if (people === 'everything' || units === 'everything') return whole(rows)
  const isByUnit = reachOf(ctx.actor.role) === 'below' || units.length > 0
  return isByUnit ? rowsBelow(rows, new Set(units)) : rowsOf(rows, new Set(people))
}

function whole(rows: readonly StoredRow[]): PlanReach {
  return { rows, fixedTops: [], canEdit: () => true }
}

function rowsOf(rows: readonly StoredRow[], people: ReadonlySet<string>): PlanReach {
  const own = rows
    .filter((row) => row.personId !== null && people.has(row.personId))
    .map((row) => ({ ...row, parentId: null }))
  return { rows: own, fixedTops: own.map(({ id }) => id), canEdit: () => false }
}

function rowsBelow(rows: readonly StoredRow[], units: ReadonlySet<string>): PlanReach {
  const seen = new Set<string>()
  const tops: string[] = []
  const visible = rows.flatMap((row) => {
    if (row.parentId !== null && seen.has(row.parentId)) {
      seen.add(row.id)
      return [row]
    }
    if (row.kind !== 'unit' || !units.has(row.id)) return []
    seen.add(row.id)
    tops.push(row.id)
    return [{ ...row, parentId: null }]
  })
  return { rows: visible, fixedTops: tops, canEdit: (node) => seen.has(node) && !tops.includes(node) }
}
