import pg from 'pg'
import type { AppError } from '#base/errors.ts'
import { isComputed } from '#engine/model/column.ts'
import { isSame } from '#engine/model/is-same.ts'
import type { Field, ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { readValues } from '#engine/model/validate.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId, newId } from '#platform/db/new-id.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { checkDuplicates, type OnWarning } from '#platform/duplicates/check-duplicates.ts'
import { keepDuplicateKeys } from '#platform/duplicates/keep-keys.ts'
import { isDuplicateFault } from '#platform/duplicates/tell.ts'
import { refreshLedger } from '#platform/ledger/refresh.ts'
import { keepSearch } from '#platform/search/keep.ts'
import { checkCurrencies, checkOwners, checkReferences, checkUnique } from './check-rows.ts'
import { checkRules } from './check-rules.ts'
import type { Draft, RowInput, RowResult, Saved } from './draft.ts'
import { recordErrors, rowFaults } from './errors.ts'
import { forbidden } from './forbidden.ts'
import { refreshFieldValues } from './field-values.ts'
import { bindFiles, checkFiles } from './file-values.ts'
import { giveNumbers } from './give-numbers.ts'
import { withKeptCredit } from './kept-credit.ts'
import { findRecord, type RecordRow } from './read.ts'
import { behaviourOf } from './registry.ts'
import { objectFor } from './scope.ts'
import { idsByKey, insertRows, loadStored, updateRows, writeCredits } from './record-store.ts'

export interface SaveOptions {
  /** Rows without an id that find their record by this unique field update it. */
  readonly upsertKey?: string
  /**
   * The system itself saves (demo, hand-over): it may set fields that people cannot, and the company's own rules do not
   * stop it: nobody could mend the records of a leaver first. It knows what it writes twice.
   */
  readonly system?: boolean
  /** Fields that only rules of the room set may be set, as where a change of them is taken back; all else as for people. */
  readonly setsReadOnly?: boolean
  /** What becomes of rows that may be there already; `refuse` unless told. */
  readonly onWarning?: OnWarning
}

/** What whoever saves a single record says besides its values. */
export interface Saying {
  /** They were warned that the record may be there already, and mean it. */
  readonly confirmed?: boolean | undefined
  /** Of a record that changes hands: a result that was made stays credited to who made it. */
  readonly keepsCredit?: boolean | undefined
}

/** Creates one record, or throws RECORD_INVALID naming the fields, or RECORD_DUPLICATE where it may be there already. */
export async function createRecord(
  ctx: Ctx,
  key: string,
  values: RecordValues,
  saying: Saying = {},
): Promise<RecordRow> {
  return saveOne(ctx, objectFor(ctx, key, 'create'), { values }, saying)
}

/**
 * Changes the given fields of one record. Throws RECORD_CHANGED with the newer record if `version` is not the one
 * that stands there.
 */
export async function updateRecord(
  ctx: Ctx,
  key: string,
  id: string,
  change: Saying & { readonly version?: number | undefined; readonly values: RecordValues },
): Promise<RecordRow> {
  const { version, values, ...saying } = change
  const object = objectFor(ctx, key, 'update')
  if (!isId(id)) throw recordErrors.RECORD_NOT_FOUND()
  return saveOne(ctx, object, { id, values, ...(version === undefined ? {} : { version }) }, saying)
}

async function saveOne(ctx: Ctx, object: ObjectType, row: RowInput, saying: Saying): Promise<RecordRow> {
  try {
    return await saveInStep(ctx, object, row, saying)
  } catch (error) {
    throw takenMeanwhile(error, object, row.values) ?? error
  }
}

/** Two people took the same unique value at once: the index let one through, the other is told like everybody. */
export function takenMeanwhile(error: unknown, object: ObjectType, values: RecordValues): AppError | undefined {
  if (!(error instanceof pg.DatabaseError) || error.code !== '23505') return undefined
  const field = object.fields.find((one) => one.unique && isOfConstraint(one, object, error))
  if (!field) return undefined
  const params = { value: String(values[field.key]) }
  return recordErrors.RECORD_INVALID({}, [{ field: field.key, code: 'taken', label: rowFaults.taken, params }])
}

/** Custom fields share one index: the detail of the error tells which of them it was. */
function isOfConstraint({ key, custom }: Field, { table }: ObjectType, error: pg.DatabaseError): boolean {
  if (!custom) return error.constraint === `${table}_${key}`
  return error.constraint === 'field_value_unique' && (error.detail?.includes(custom.id) ?? true)
}

async function saveInStep(ctx: Ctx, object: ObjectType, wanted: RowInput, saying: Saying): Promise<RecordRow> {
  const { confirmed, keepsCredit } = saying
  return inStep(
    ctx,
    async (step) => {
      const row = keepsCredit ? await withKeptCredit(step, object, wanted) : wanted
      const [result] = await saveMany(step, object, [row], { onWarning: confirmed ? 'allow' : 'refuse' })
      if (!result?.ok) throw await refusal(step, object, row, result?.faults ?? [])
      const saved = await findRecord(step.tx, ctx, object, result.id)
      if (!saved) throw recordErrors.RECORD_NOT_FOUND()
      return saved
    },
    { kind: wanted.id ? 'record.update' : 'record.create' },
  )
}

/** Why a single row was not saved, as whoever saves it is told. */
export async function refusal(step: Step, object: ObjectType, row: RowInput, faults: RowFaults) {
  const has = (code: string) => faults.some((fault) => fault.code === code)
  if (has('notFound')) return recordErrors.RECORD_NOT_FOUND()
  if (has('onlySeen')) return recordErrors.RECORD_ONLY_SEEN()
  if (has('changed') && row.id) {
    return recordErrors.RECORD_CHANGED({}, faults, { current: await findRecord(step.tx, step.ctx, object, row.id) })
  }
  const suspicions = faults.filter(isDuplicateFault)
  if (suspicions.length > 0) {
    const suspects = suspicions.map(({ suspect }) => suspect)
    return recordErrors.RECORD_DUPLICATE({}, faults, { canConfirm: !has('duplicate'), suspects })
  }
  return recordErrors.RECORD_INVALID({}, faults)
}

type RowFaults = Extract<RowResult, { ok: false }>['faults']

/**
 * The one way in. Validates up to 1,000 rows and writes those without faults, in the transaction of the step, with
 * audit, events and ledger. Answers one result per row, in their order; a refused row writes nothing.
 * The caller has checked that the actor's role may create or update the object.
 */
export async function saveMany(
  step: Step,
  asked: ObjectType,
  rows: readonly RowInput[],
  options: SaveOptions = {},
): Promise<readonly RowResult[]> {
  const { wholeCatalogue, catalogue } = step.ctx.company
  // What the actor knows of the object decides what they may set; what is kept and follows is always the whole record.
  const shown = options.system ? wholeCatalogue.get(asked.key) : catalogue.get(asked.key)
  const object = wholeCatalogue.get(asked.key)
  const drafts = await draft(step, { object, shown }, rows, options)
  await behaviourOf(object.key).prepare?.(step, drafts.filter(isSound))
  await checkReferences(step, object, drafts)
  await checkOwners(step, object, drafts)
  await checkCurrencies(step, object, drafts)
  await checkUnique(step, object, drafts)
  await checkFiles(step, object, drafts)
  if (!options.system) await checkRules(step, { object, shown }, drafts.filter(isSound))
  if (!options.system) await checkDuplicates(step, object, drafts.filter(isSound), options.onWarning ?? 'refuse')
  await behaviourOf(object.key).check?.(step, drafts.filter(isSound))
  const changed = drafts.filter((one) => isSound(one) && isChanged(one))
  await giveNumbers(step, object, changed)
  await write(step, object, changed)
  const written = new Set(changed)
  return drafts.map((one) => resultOf(one, written.has(one)))
}

/** An object as it is, and as far as whoever saves may set it. */
interface Draftable {
  readonly object: ObjectType
  readonly shown: ObjectType
}

/** Rows become drafts: values read, records found by id or key and locked, versions compared, changes merged. */
async function draft(
  step: Step,
  { object, shown }: Draftable,
  rows: readonly RowInput[],
  { upsertKey, system = false, setsReadOnly = system }: SaveOptions,
): Promise<readonly Draft[]> {
  const known = upsertKey
    ? await idsByKey(
        step,
        object,
        upsertKey,
        rows.map((row) => row.values[upsertKey]),
      )
    : new Map()
  const wanted = rows.map((row) => row.id ?? (upsertKey ? known.get(String(row.values[upsertKey])) : undefined))
  const stored = await loadStored(
    step,
    object,
    wanted.filter((id) => id !== undefined),
  )
  return rows.map((row, at) => {
    const id = wanted[at]
    const before = id === undefined ? null : (stored.get(id) ?? null)
    const { values, faults } = readValues(shown, row.values, { partial: id !== undefined, setsReadOnly })
    const one: Draft = {
      object,
      id: id ?? newId(),
      before,
      given: row.values,
      values: {
        ...(before?.values ?? nothingIn(object)),
        ...values,
        ...(before ? {} : defaultsOf(step, object, row.values)),
      },
      faults: [...faults],
    }
    if (id !== undefined && !before) one.faults.push({ field: 'id', code: 'notFound', label: rowFaults.notFound })
    else if (before && row.version !== undefined && row.version !== before.version) {
      one.faults.push({ field: 'version', code: 'changed', label: rowFaults.changed })
    }
    if (!system) one.faults.push(...forbidden(step.ctx, shown, one))
    return one
  })
}

function nothingIn(object: ObjectType): RecordValues {
  return Object.fromEntries(object.fields.filter((field) => !isComputed(field)).map(({ key }) => [key, null]))
}

/** A new record belongs to who makes it, unless the maker says otherwise. */
function defaultsOf(step: Step, object: ObjectType, given: RecordValues): Record<string, unknown> {
  const owned = object.fields.some((field) => field.key === 'ownerId')
  return owned && !('ownerId' in given) ? { ownerId: step.ctx.actor.personId } : {}
}

const isSound = (one: Draft): boolean => one.faults.length === 0

function isChanged({ object, before, values }: Draft): boolean {
  if (!before) return true
  return object.fields.some(({ key }) => !isSame(before.values[key], values[key]))
}

function resultOf(one: Draft, written: boolean): RowResult {
  if (!isSound(one)) return { ok: false, faults: one.faults }
  return { ok: true, id: one.id, action: written ? (one.before ? 'updated' : 'created') : 'unchanged' }
}

async function write(step: Step, object: ObjectType, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return
  await insertRows(
    step,
    object,
    drafts.filter((one) => !one.before),
  )
  await updateRows(
    step,
    object,
    drafts.filter((one) => one.before),
  )
  await writeCredits(step, object, drafts)
  await follow(step, object, drafts.map(toSaved))
}

function toSaved({ id, before, values }: Draft): Saved {
  return { id, action: before ? 'updated' : 'created', before: before?.values ?? null, after: values }
}

/** What follows every save, whatever its kind: audit, events, the room's own tables, the ledger, the search. */
export async function follow(step: Step, { key }: ObjectType, saved: readonly Saved[]): Promise<void> {
  const object = step.ctx.company.wholeCatalogue.get(key)
  for (const one of saved) {
    const change = difference(one)
    step.audit({ object: object.key, recordId: one.id, action: one.action, ...change })
    step.tell({ name: `${object.key}.${one.action}`, payload: { id: one.id, fields: Object.keys(change.after ?? {}) } })
  }
  await refreshFieldValues(step, object, saved)
  await bindFiles(step, object, saved)
  await behaviourOf(object.key).saved?.(step, saved)
  await refreshLedger(step, object.key, saved)
  await keepSearch(step, object, saved)
  await keepDuplicateKeys(step, object, saved)
}

/** Only what differs, so that history reads as changes. */
function difference({ action, before, after }: Saved): { before: RecordValues | null; after: RecordValues | null } {
  if (action !== 'updated' || !before || !after) {
    return { before: action === 'deleted' ? filled(before) : null, after: action === 'deleted' ? null : filled(after) }
  }
  const keys = Object.keys(after).filter((key) => !isSame(before[key], after[key]))
  const pick = (values: RecordValues) => Object.fromEntries(keys.map((key) => [key, values[key] ?? null]))
  return { before: pick(before), after: pick(after) }
}

function filled(values: RecordValues | null): RecordValues | null {
  if (!values) return null
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined))
}
