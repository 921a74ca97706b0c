import { sql } from 'kysely'
import { isSame } from '#engine/model/is-same.ts'
import { isComputed } from '#engine/model/column.ts'
import type { Field, ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { fieldAccessOf } from '#engine/policy/rights.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import type { Stored } from './draft.ts'
import { recordErrors } from './errors.ts'
import { findRecord, type RecordRow } from './read.ts'
import { loadStored } from './record-store.ts'
import { refusal, saveMany } from './save.ts'
import { objectFor } from './scope.ts'

export interface UndoChange {
  /** The entry of the history. */
  readonly entryId: string
  /** The version that the caller saw. */
  readonly version?: number | undefined
  /** Only these fields, whatever stands there now: the caller has seen it. Absent: all, if they are as the change left them. */
  readonly fields?: readonly string[] | undefined
  /** They were warned that the record may be there already, and mean it. */
  readonly confirmed?: boolean | undefined
}

/** A field that has changed again since. */
export interface Overtaken {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
  readonly now: unknown
}

/**
 * Sets the fields of one change back through the one way in. Throws CHANGE_OVERTAKEN, with what stands there now, where
 * a field no longer holds what the change gave it.
 */
export async function undoChange(ctx: Ctx, key: string, id: string, wanted: UndoChange): Promise<RecordRow> {
  const object = objectFor(ctx, key, 'update')
  if (!isId(id) || !isId(wanted.entryId)) throw recordErrors.RECORD_NOT_FOUND()
  return inStep(
    ctx,
    async (step) => {
      const stored = (await loadStored(step, object, [id])).get(id)
      if (!stored) throw recordErrors.RECORD_NOT_FOUND()
      const current = () => findRecord(step.tx, ctx, object, id)
      if (wanted.version !== undefined && wanted.version !== stored.version) {
        throw recordErrors.RECORD_CHANGED({}, [], { current: await current() })
      }
      await setBack(step, object, stored, await changeOf(step, object, id, wanted), wanted)
      const row = await current()
      if (!row) throw recordErrors.RECORD_NOT_FOUND()
      return row
    },
    { kind: 'record.undo' },
  )
}

interface Change {
  readonly before: RecordValues
  readonly after: RecordValues
}

/** What the entry changed of fields that are still there and that records keep. */
async function changeOf(step: Step, object: ObjectType, id: string, { entryId }: UndoChange): Promise<Change> {
  const { rows } = await sql<Change & { isErased: boolean }>`
    select before, after, redaction is not null as "isErased" from audit_entry
    where company_id = ${step.ctx.company.id} and id = ${entryId} and object = ${object.key} and record_id = ${id}
      and action = 'updated'`.execute(step.tx)
  const [change] = rows
  if (!change) throw recordErrors.CHANGE_NOT_FOUND()
  if (change.isErased) throw recordErrors.CHANGE_ERASED()
  return change
}

async function setBack(
  step: Step,
  object: ObjectType,
  stored: Stored,
  { before, after }: Change,
  { fields, confirmed = false }: UndoChange,
): Promise<void> {
  const mayWrite = ({ key }: Field) => fieldAccessOf(step.ctx.actor.role, object.key, key) === 'write'
  const undoable = object.fields
    .filter((field) => field.key in before && !isComputed(field) && mayWrite(field))
    .map(({ key }) => key)
  const chosen = fields ? undoable.filter((key) => fields.includes(key)) : undoable
  if (chosen.length === 0) throw recordErrors.CHANGE_NOT_UNDONE()
  const overtaken = undoable.filter((key) => !isSame(stored.values[key], after[key]))
  if (!fields && overtaken.length > 0) {
    const told = overtaken.map((field): Overtaken => {
      return { field, before: before[field], after: after[field], now: stored.values[field] ?? null }
    })
    throw recordErrors.CHANGE_OVERTAKEN({}, [], { version: stored.version, fields: told })
  }
  const values = Object.fromEntries(chosen.map((key) => [key, before[key] ?? null]))
  // Fields that only rules set go back with those they were set for.
  const row = { id: stored.id, values }
  const [result] = await saveMany(step, object, [row], {
    setsReadOnly: true,
    onWarning: confirmed ? 'allow' : 'refuse',
  })
  if (result && !result.ok) throw await refusal(step, object, row, result.faults)
}
