import type { z } from 'zod'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { targetErrors } from '../contract.ts'
import type { previewCascadeRoute } from '../contract.ts'
import { changesOnTheWire } from '../plan-cells.ts'
import { cascadeFrom } from './cascade-from.ts'
import { openPlan } from './show-plan.ts'

type Wish = z.output<NonNullable<typeof previewCascadeRoute.body>>

/** What a cascade would change, without saving it. */
export async function previewCascade(ctx: Ctx, planId: string, wish: Wish) {
  return inView(ctx, async (tx) => {
    const open = await openPlan(tx, ctx, planId)
    const node = wish.node ?? open.fixedTops[0] ?? open.rows[0]?.id
    if (!open.rows.some((row) => row.id === node)) throw targetErrors.NODE_NOT_FOUND()
    const { changes, notes } = await cascadeFrom(tx, ctx, open, { ...wish, node })
    return { version: open.plan.version, changes: changesOnTheWire(changes, open.plan.unit), notes: [...notes] }
  })
}
