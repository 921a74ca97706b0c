import { makeCatalogue, type Catalogue } from '#engine/model/catalogue.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Filter } from '#engine/query/filter.ts'
import type { Step } from '#platform/db/step.ts'
import type { Draft, Saved, Stored } from './draft.ts'

/** What a room adds to the one way in: rules before the save, consequences of its own tables after it. */
export interface Behaviour {
  /** Derives values and adds faults; runs before references and uniqueness are checked. Drafts come in batches. */
  prepare?(step: Step, drafts: readonly Draft[]): Promise<void>
  /**
   * Adds faults by rules over several records. Runs last, on drafts that nothing else refuses: whatever it lets through
   * is written.
   */
  check?(step: Step, drafts: readonly Draft[]): Promise<void>
  /** Fields by which `check` judges records together: those of one order, say. */
  readonly together?: readonly string[]
  /** Throws when this record, which nothing refers to, must not go. */
  removing?(step: Step, stored: Stored): Promise<void>
  /** Throws when this deleted record cannot come back as it was. */
  restoring?(step: Step, stored: Stored): Promise<void>
  /** Records whose result is made: they may change hands, but the result stays credited to who made it. */
  readonly settled?: Filter
  /** In the same transaction, after the rows are written. */
  saved?(step: Step, saved: readonly Saved[]): Promise<void>
}

const objects = new Map<string, { readonly type: ObjectType; readonly behaviour: Behaviour }>()
let known: Catalogue | undefined

/** Called by rooms when the app is put together. */
export function registerObject(type: ObjectType, behaviour: Behaviour = {}): void {
  objects.set(type.key, { type, behaviour })
  known = undefined
}

/** What every company has. A company's own catalogue, with what it added, is `ctx.company.catalogue`. */
export function standardCatalogue(): Catalogue {
  known ??= makeCatalogue([...objects.values()].map(({ type }) => type))
  return known
}

export function behaviourOf(key: string): Behaviour {
  return objects.get(key)?.behaviour ?? {}
}
