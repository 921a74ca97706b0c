import type { FieldFault } from '#base/errors.ts'
import type { Field, ObjectType, RecordValues } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId, newId } from '#platform/db/new-id.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { httpErrors } from '#platform/http/serve.ts'
import type { RowInput } from '#platform/records/draft.ts'
import { rowFaults } from '#platform/records/errors.ts'
import { faultsOf } from '#platform/records/faults-of.ts'
import { holdersOf, loadStored } from '#platform/records/record-store.ts'
import { removeMany } from '#platform/records/remove-many.ts'
import { objectFor } from '#platform/records/scope.ts'
import { insertEndedRun, type BulkRun } from './bulk-store.ts'
import { bulkErrors } from './errors.ts'
import { saveInHalves } from './save-in-halves.ts'
import { showBulk } from './start-bulk.ts'

export const rowActs = ['create', 'update', 'upsert', 'delete'] as const
export type RowAct = (typeof rowActs)[number]

/** One row as it was sent: a record by id or by the unique field of the request, and what it is set to. */
export interface SentRow {
  readonly id?: string | undefined
  readonly version?: number | undefined
  readonly values?: RecordValues | undefined
}

export interface RowsRequest {
  readonly object: string
  readonly act: RowAct
  readonly rows: readonly SentRow[]
  /** Key of the unique field by which rows without an id find their record. */
  readonly by?: string | undefined
  /** All rows or none. */
  readonly atomic?: boolean | undefined
  /** Rows that may be records which are there already are meant all the same. */
  readonly confirmed?: boolean | undefined
}

/** What became of a row. */
export type RowOutcome =
  | { readonly ok: true; readonly id: string; readonly action: 'created' | 'updated' | 'unchanged' | 'deleted' }
  | { readonly ok: false; readonly id: string | null; readonly faults: readonly FieldFault[] }

const portionSize = 1000

/**
 * Makes, changes or deletes up to 5,000 records, each by its own row, as one operation in one transaction. Refused rows
 * write nothing; the others stand, unless all were to stand or fall together. Answers the outcomes in the order of the
 * rows, and the run, by which all of it can be undone.
 */
export async function writeRows(
  ctx: Ctx,
  request: RowsRequest,
): Promise<{ readonly run: BulkRun; readonly outcomes: readonly RowOutcome[] }> {
  const { act, atomic = false } = request
  const object = objectOf(ctx, request)
  const key = keyOf(object, request)
  const id = newId()
  const operationId = newId()
  const outcomes = await inStep(
    ctx,
    async (step) => {
      const found: RowOutcome[] = []
      const seen = new Set<string>()
      for (let at = 0; at < request.rows.length; at += portionSize) {
        const rows = await withIds(step, object, key, request.rows.slice(at, at + portionSize))
        found.push(...(await writePortion(step, object, { ...request, key }, rows, seen)))
      }
      if (atomic && found.some(({ ok }) => !ok)) throw refusedWhole(found)
      await insertEndedRun(step.tx, ctx, { id, object: object.key, act, operationId }, talliesOf(found))
      return found
    },
    { kind: `bulk.${act}`, operationId },
  )
  return { run: await showBulk(ctx, id), outcomes }
}

function objectOf(ctx: Ctx, { object, act }: RowsRequest): ObjectType {
  if (act !== 'upsert') return objectFor(ctx, object, act)
  objectFor(ctx, object, 'create')
  return objectFor(ctx, object, 'update')
}

const words = {
  unique: { zh: '请选择唯一字段', en: 'Name a unique field' },
  twice: { zh: '这条记录在这批数据里出现了两次', en: 'This record stands twice among these rows' },
  unnamed: { zh: '请给出 id，或唯一字段的值', en: 'Give its id, or its value of the unique field' },
}

function keyOf(object: ObjectType, { act, by }: RowsRequest): Field | undefined {
  if (by === undefined && act !== 'upsert') return undefined
  const field = object.fields.find((one) => one.key === by && one.unique)
  if (field) return field
  throw httpErrors.INPUT_INVALID({}, [{ field: 'by', code: 'unique', label: words.unique }])
}

interface Row extends SentRow {
  /** As the field of the request recognises it. */
  readonly name: string | undefined
  /** The id was found by the field: whether the record is in reach is not known yet. */
  readonly isFound: boolean
}

/** Rows with the ids of the records that they name. */
async function withIds(
  step: Step,
  object: ObjectType,
  key: Field | undefined,
  rows: readonly SentRow[],
): Promise<readonly Row[]> {
  if (!key) return rows.map((row) => ({ ...row, name: undefined, isFound: false }))
  const nameOf = ({ values = {} }: SentRow) => {
    const value = values[key.key]
    return typeof value === 'string' ? value : undefined
  }
  const known = await holdersOf(
    step,
    object,
    key,
    rows.flatMap((row) => nameOf(row) ?? []),
  )
  return rows.map((row) => {
    const name = nameOf(row)
    const id = row.id ?? (name === undefined ? undefined : known.get(name))
    return { ...row, name, isFound: row.id === undefined, ...(id === undefined ? {} : { id }) }
  })
}

async function writePortion(
  step: Step,
  object: ObjectType,
  { act, confirmed = false, key }: RowsRequest & { readonly key: Field | undefined },
  rows: readonly Row[],
  seen: Set<string>,
): Promise<readonly RowOutcome[]> {
  const refused = new Map<Row, RowOutcome>()
  for (const row of rows) {
    const fault = faultOfRow(row, { act, key, seen })
    if (fault) refused.set(row, { ok: false, id: row.isFound ? null : (row.id ?? null), faults: [fault] })
  }
  const sound = rows.filter((row) => !refused.has(row))
  const written =
    act === 'delete'
      ? await removeRows(step, object, sound)
      : await saveRows(step, object, act === 'create' ? sound.map(({ values }) => ({ values })) : sound, confirmed)
  const outcomes = new Map(sound.map((row, at) => [row, asUnseen(row, written[at], { act, key })] as const))
  return rows.flatMap((row) => refused.get(row) ?? outcomes.get(row) ?? [])
}

/** A record out of reach is told as one that is not there, except that its unique value is taken. */
function asUnseen(row: Row, outcome: RowOutcome | undefined, { act, key }: Omit<Judged, 'seen'>) {
  if (!outcome || outcome.ok || !row.isFound || !key) return outcome
  if (!outcome.faults.some(({ code }) => code === 'notFound')) return outcome
  const code = act === 'upsert' ? 'taken' : 'notFound'
  const fault: FieldFault = { field: key.key, code, label: rowFaults[code], params: { value: row.name ?? '' } }
  return { ok: false, id: null, faults: [fault] } as const
}

interface Judged {
  readonly act: RowAct
  readonly key: Field | undefined
  readonly seen: Set<string>
}

/** What speaks against a row before it is looked at closely; each record may stand among the rows once. */
function faultOfRow({ id, name }: Row, { act, key, seen }: Judged): FieldFault | undefined {
  if (act === 'create') return undefined
  const field = key?.key ?? 'id'
  if (id === undefined && (act !== 'upsert' || name === undefined)) {
    if (name !== undefined) return { field, code: 'notFound', label: rowFaults.notFound }
    return { field, code: 'required', label: words.unnamed }
  }
  if (id !== undefined && !isId(id)) return { field: 'id', code: 'notFound', label: rowFaults.notFound }
  const mark = id ?? `by ${name}`
  if (seen.has(mark)) return { field, code: 'twice', label: words.twice }
  seen.add(mark)
  return undefined
}

async function saveRows(
  step: Step,
  object: ObjectType,
  rows: readonly SentRow[],
  confirmed: boolean,
): Promise<readonly RowOutcome[]> {
  const inputs = rows.map(({ id, version, values = {} }): RowInput => ({
    values,
    ...(id === undefined ? {} : { id }),
    ...(version === undefined ? {} : { version }),
  }))
  const results = await saveInHalves(step, object, inputs, { onWarning: confirmed ? 'allow' : 'refuse' })
  return results.map((result, at) =>
    result.ok ? result : { ok: false, id: rows[at]?.id ?? null, faults: result.faults },
  )
}

async function removeRows(step: Step, object: ObjectType, rows: readonly SentRow[]): Promise<readonly RowOutcome[]> {
  const stored = await loadStored(
    step,
    object,
    rows.flatMap(({ id }) => id ?? []),
  )
  const isMeant = ({ id = '', version }: SentRow) => version === undefined || stored.get(id)?.version === version
  const leaving = rows.filter(isMeant).flatMap(({ id = '' }) => stored.get(id) ?? [])
  const staying = await removeMany(step, [{ object, stored: leaving }])
  return rows.map((row) => {
    const { id = '' } = row
    const refusal = staying.get(id)
    if (!stored.has(id)) return refusalOf(id, { field: 'id', code: 'notFound', label: rowFaults.notFound })
    if (!isMeant(row)) return refusalOf(id, { field: 'version', code: 'changed', label: rowFaults.changed })
    return refusal ? refusalOf(id, ...faultsOf(refusal)) : { ok: true, id, action: 'deleted' }
  })
}

const refusalOf = (id: string, ...faults: readonly FieldFault[]): RowOutcome => ({ ok: false, id, faults })

/** Names each fault by the place of its row. */
function refusedWhole(outcomes: readonly RowOutcome[]) {
  const faults = outcomes.flatMap((one, at) =>
    one.ok ? [] : one.faults.map((fault) => ({ ...fault, field: `rows.${at}.${fault.field}` })),
  )
  return bulkErrors.BULK_REFUSED_WHOLE({}, faults.slice(0, 100))
}

function talliesOf(outcomes: readonly RowOutcome[]) {
  const refused = outcomes.flatMap((one) => (one.ok ? [] : [one]))
  const unchanged = outcomes.filter((one) => one.ok && one.action === 'unchanged').length
  return { total: outcomes.length, unchanged, refused }
}
