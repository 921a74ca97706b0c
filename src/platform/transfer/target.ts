import type { FieldFault } from '#base/errors.ts'
import type { RecordValues } from '#engine/model/object-type.ts'
import type { Mapping, Target } from '#engine/transfer/mapping.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step } from '#platform/db/step.ts'
import type { SeenRows } from '#platform/duplicates/twins.ts'

/** A row on its way in: canonical values; references, owners and splits are still what people wrote. */
export interface TargetRow {
  readonly line: number
  readonly values: Readonly<Record<string, unknown>>
}

/** A reference that could not be followed yet: a later row of the file may be the record it means. */
export interface Postponed {
  readonly field: string
  readonly written: string
}

export type TargetResult =
  | {
      readonly ok: true
      readonly action: 'created' | 'updated' | 'unchanged'
      readonly id: string
      readonly postponed?: readonly Postponed[]
      /** Its owner is one of the mapping's people, whose turn it was. */
      readonly isAssigned?: true
    }
  | {
      readonly ok: false
      readonly faults: readonly FieldFault[]
      /** Left out because it is there already, as the mapping wants it. */
      readonly isLeftOut?: true
    }

/** Follows up one postponed reference: undefined when done, else what is wrong with it. */
export interface FollowUp extends Postponed {
  readonly recordId: string
}

/**
 * How the rows of one file hang on each other, as marks that are compared. A rehearsal takes every portion back; the
 * rows that a later portion hangs on are tried again before it. A mark too many costs time, one too few a wrong answer.
 */
export interface Ties {
  /** What a row asks about: values that must be free, records of the same file. */
  asked(row: TargetRow): readonly string[]
  /** What a saved row changed that others may ask about; `before` is what it replaced. */
  brought(row: TargetRow, before: RecordValues | null): readonly string[]
}

/** What a preview knows of the rows before: how many got their owner in turn, and what they may be doubled by. */
export interface RowsBefore {
  readonly assigned: number
  readonly seen: SeenRows
}

export interface LookedAt {
  readonly faults: readonly FieldFault[]
  /** One of the mapping's people, as written. */
  readonly assignedTo?: string | undefined
  /** Means a record that is there already. */
  readonly isKnown?: boolean
}

/** Something that files can be imported into. Business objects are targets by themselves; rooms register others. */
export interface ImportTarget extends Target {
  /** Whether the actor may import here. */
  isAllowed(ctx: Ctx): boolean
  /**
   * Saves up to 1,000 rows in the transaction of the step, one result per row in their order. `assigned` records of the
   * import got their owner in turn before.
   */
  saveRows(step: Step, rows: readonly TargetRow[], mapping: Mapping, assigned: number): Promise<readonly TargetResult[]>
  /** Answers per follow-up what is wrong, or nothing. Only targets that postpone have it. */
  followUp?(step: Step, items: readonly FollowUp[], mapping: Mapping): Promise<readonly (FieldFault | undefined)[]>
  /** Only looks, for previews: what is wrong per row, and to whom it would go in turn. */
  look?(ctx: Ctx, rows: readonly TargetRow[], mapping: Mapping, before: RowsBefore): Promise<readonly LookedAt[]>
  ties(mapping: Mapping): Ties
}
