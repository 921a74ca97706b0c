import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { inWords } from '#base/label.ts'
import type { DrawnDraft, DrawnUnitShape } from '../contract.ts'
import { topDown, type Drawing } from '../drawing.ts'
import type { Redrawn } from '../redrawn.ts'
import { draftStore } from './draft-store.ts'
import { onTheWire, redraw } from './drafts.ts'

/** A draft with the tree of its day before and after, each with marks of what is other. */
export async function showDraft(ctx: Ctx, id: string): Promise<DrawnDraft> {
  return inView(ctx, async (tx) => {
    const draft = await draftStore.one(tx, id)
    const { before, after, faults, redrawn } = await redraw(tx, draft)
    const standing = new Set([...before.assignments, ...after.assignments].map((one) => one.personId))
    const heads = new Set([...before.units.values(), ...after.units.values()].flatMap(({ headId }) => headId ?? []))
    return {
      draft: await onTheWire(tx, ctx, draft),
      before: drawn(before, redrawn, 'before'),
      after: drawn(after, redrawn, 'after'),
      people: Object.fromEntries(
        [...before.people]
          .filter(([key]) => standing.has(key) || heads.has(key))
          .map(([key, { name, isActive }]) => [key, { name, isActive }]),
      ),
      faults: [...faults].map(([step, { field, code, label, params }]) => ({
        step,
        field,
        code,
        message: inWords(label, ctx.language, params),
      })),
    }
  })
}

/** Units with their people and what is other about them on this side of the reorganisation. */
function drawn(drawing: Drawing, redrawn: Redrawn, side: 'before' | 'after'): DrawnUnitShape[] {
  const people = Map.groupBy(drawing.assignments, (one) => one.unitId)
  const moved = new Set(redrawn.moved.map((one) => one.unitId))
  const created = new Set(redrawn.created.map((one) => one.id))
  const ended = new Set(redrawn.ended)
  const named = new Map(redrawn.named.map((one) => [one.after.id, one]))
  const changed = new Set(
    side === 'before'
      ? redrawn.placed.filter((one) => one.before.unitId !== one.after.unitId).map((one) => one.before.id)
      : [
          ...redrawn.placed.filter((one) => one.before.unitId !== one.after.unitId).map((one) => one.after.id),
          ...redrawn.assigned.map((one) => one.id),
        ],
  )
  return topDown(drawing).map((unit) => {
    const standing = people.get(unit.id) ?? []
    const other = standing.filter((one) => changed.has(one.id))
    const naming = named.get(unit.id)
    const marks: DrawnUnitShape['marks'] = [
      ...(created.has(unit.id) ? (['new'] as const) : []),
      ...(ended.has(unit.id) ? (['ends'] as const) : []),
      ...(moved.has(unit.id) ? (['moves'] as const) : []),
      ...(naming && naming.before.name !== naming.after.name ? (['renamed'] as const) : []),
      ...(naming && naming.before.headId !== naming.after.headId ? (['head'] as const) : []),
      ...(other.length > 0 ? ([side === 'before' ? 'leave' : 'come'] as const) : []),
    ]
    return {
      ...unit,
      marks,
      people: standing.map((one) => ({
        id: one.personId,
        share: String(one.share / 100),
        isMain: one.isMain,
        mark: changed.has(one.id) ? (side === 'before' ? 'leaves' : 'comes') : null,
      })),
    }
  })
}
