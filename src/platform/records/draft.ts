import type { FieldFault } from '#base/errors.ts'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'

/** A record as it is stored: system fields and every field by key. */
export interface Stored {
  readonly id: string
  readonly version: number
  readonly deleted: boolean
  /** Whether the actor may change it, and delete it or give it to another owner: not all that is seen. */
  readonly mayChange: boolean
  readonly mayGiveAway: boolean
  readonly values: RecordValues
}

/** Living records of one object on their way out, loaded and locked in this step. */
export interface Leaving {
  readonly object: ObjectType
  readonly stored: readonly Stored[]
}

/** A record on its way in. Rules may change `values` and add to `faults`; a draft with faults is not written. */
export interface Draft {
  readonly object: ObjectType
  readonly id: string
  readonly before: Stored | null
  /** What the caller gave, by field key: rules may tell "set to nothing" from "not given". */
  readonly given: RecordValues
  values: Record<string, unknown>
  readonly faults: FieldFault[]
}

export interface Saved {
  readonly action: 'created' | 'updated' | 'deleted' | 'restored'
  readonly id: string
  readonly before: RecordValues | null
  readonly after: RecordValues | null
}

/** One row that a caller wants saved: with an id it is an update. */
export interface RowInput {
  readonly id?: string
  /** The version that the caller saw; a newer one refuses the row. Absent: whatever stands there. */
  readonly version?: number
  readonly values: RecordValues
}

export type RowResult =
  | { readonly ok: true; readonly id: string; readonly action: 'created' | 'updated' | 'unchanged' }
  | { readonly ok: false; readonly faults: readonly FieldFault[] }
