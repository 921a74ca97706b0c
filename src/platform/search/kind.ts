import type { RecordValues } from '#engine/model/object-type.ts'
import type { SearchShape } from '#engine/search/searched.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'

/** A record as the index keeps it. */
export interface IndexedRecord {
  readonly id: string
  readonly ownerId: string | null
  readonly values: RecordValues
}

/** A record that the tokens hint at. */
export interface HintedRecord extends IndexedRecord {
  readonly updatedAt: Date
}

/** A record that was found, as whoever asks may see it. */
export interface FoundRecord {
  readonly id: string
  /** Null where it has no name. */
  readonly title: string | null
  /** What tells it from others of that name. */
  readonly subtitle: string | null
  readonly ownerName: string | null
  /** What it stands in, where that is needed to go there: the unit of a person. */
  readonly withinId: string | null
}

/** What can be found: a business object, or what a room registers besides. */
export interface SearchedKind {
  readonly shape: SearchShape
  /** Does everybody who may read it see all of it? Otherwise what the people in reach own. */
  readonly isOpen: boolean
  isAllowed(ctx: Ctx): boolean
  /** Of these the living ones that the actor sees, in any order, with what they are found by. */
  look(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<readonly HintedRecord[]>
  /** The same, with what is shown of them. */
  read(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<readonly FoundRecord[]>
  /** The next living records in the order of their keys, whoever owns them; locked against changes if asked. */
  page(tx: Tx, ctx: Ctx, after: string | null, lock: boolean): Promise<readonly IndexedRecord[]>
}

export const pageLength = 1000

const registered: SearchedKind[] = []

/** Lets the search find what is no business object. Called by rooms when the app is put together. */
export function registerSearched(kind: SearchedKind): void {
  registered.push(kind)
}

export function registeredKinds(): readonly SearchedKind[] {
  return registered
}
