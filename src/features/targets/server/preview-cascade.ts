import type { z } from 'zod'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { targetErrors } from '../contract.ts'
import type { previewCascadeRoute } from '../contract.ts'
import { readRowId } from '../levels.ts'
import { changesOnTheWire } from '../plan-cells.ts'
import { cascadeFrom } from './cascade-from.ts'
import type { StoredRow } from './stored-row.ts'
import { openPlan } from './show-plan.ts'

type Wish = z.output<NonNullable<typeof previewCascadeRoute.body>>

/** What a cascade would change, without saving it. */
export async function previewCascade(ctx: Ctx, planId: string, wish: Wish) {
  return inView(ctx, async (tx) => {
    const open = await openPlan(tx, ctx, planId)
    const node = wish.node ?? open.fixedTops[0] ?? open.rows[0]?.id
    if (!open.all.some((row) => row.id === node)) throw targetErrors.NODE_NOT_FOUND()
    const { changes, notes } = await cascadeFrom(
      tx,
      ctx,
      { ...open, all: withDraft(open.all, wish.draft) },
      { ...wish, node },
    )
    return { version: open.plan.version, changes: changesOnTheWire(changes, open.plan.unit), notes: [...notes] }
  })
}

/** The rows as they look on the screen of somebody who has not saved yet. */
function withDraft(rows: readonly StoredRow[], draft: Wish['draft']): StoredRow[] {
  const drafted = new Map(draft.map((row) => [row.node, row]))
  return rows.map((row) => {
    const { months = [], locked = [] } = drafted.get(row.id) ?? {}
    const buffer = drafted.get(readRowId(row.id).id)?.buffer ?? row.buffer
    return {
      ...row,
      buffer,
      taken: buffer === row.buffer ? row.taken : [],
      months: row.months.map((value, month) => months[month] ?? value),
      locked: row.locked.map((lock, month) => locked[month] ?? lock),
    }
  })
}
