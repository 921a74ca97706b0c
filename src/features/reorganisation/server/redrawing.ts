import { pathOf, topDown, type Drawing } from '../drawing.ts'
import type { Redrawn } from '../redrawn.ts'
import type { Draft } from './draft-store.ts'

/** A draft with the organisation before and after. */
export interface Redrawing {
  readonly draft: Draft
  readonly before: Drawing
  readonly after: Drawing
  readonly redrawn: Redrawn
  readonly isDefault: boolean
}

/** Units of afterwards, top down; those that are no more follow. */
export function unitsOfBoth(before: Drawing, after: Drawing) {
  const ended = topDown(before).filter((unit) => !after.units.has(unit.id))
  return [
    ...topDown(after).map((unit) => ({ id: unit.id, name: unit.name, depth: pathOf(after, unit.id).length - 1 })),
    ...ended.map((unit) => ({ id: unit.id, name: unit.name, depth: pathOf(before, unit.id).length - 1 })),
  ]
}
