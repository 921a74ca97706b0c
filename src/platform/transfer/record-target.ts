import { sql } from 'kysely'
import type { FieldFault } from '#base/errors.ts'
import { isComputed, isPart } from '#engine/model/column.ts'
import type { Field, ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { readValues } from '#engine/model/validate.ts'
import { fault } from '#engine/transfer/faults.ts'
import type { Mapping } from '#engine/transfer/mapping.ts'
import type { WrittenShare } from '#engine/transfer/read-shares.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Step, type Tx } from '#platform/db/step.ts'
import type { RowInput, RowResult } from '#platform/records/draft.ts'
import { isDuplicateFault } from '#platform/duplicates/tell.ts'
import { faultsOfNewRows } from '#platform/duplicates/find-duplicates.ts'
import { saveMany } from '#platform/records/save.ts'
import { may } from '#platform/records/scope.ts'
import { byField, findPeople, findRecords, type Found } from './lookup-store.ts'
import { ownersInTurn } from './owners-in-turn.ts'
import { recordTies } from './record-ties.ts'
import type { FollowUp, ImportTarget, LookedAt, Postponed, RowsBefore, TargetResult, TargetRow } from './target.ts'

/** A business object as a target of imports: texts become ids, rows find their records, records are saved the one way in. */
export function recordTarget(object: ObjectType): ImportTarget {
  return {
    object: object.key,
    label: object.label,
    fields: object.fields.filter(isFed),
    fieldsOfFiles: object.fields.filter(({ type }) => type === 'file').map(({ key }) => key),
    title: object.title,
    keys: keysOf(object),
    // A contact, a deal, a task are parts of a customer: their names are theirs only there.
    namesRepeat: object.fields.some(isPart),
    isAllowed: (ctx) => may(ctx, object, 'import'),
    saveRows: (step, rows, mapping, assigned) => saveRows(step, object, rows, mapping, assigned),
    followUp: (step, items, mapping) => followUp(step, object, items, mapping),
    look: (ctx, rows, mapping, before) => inView(ctx, (tx) => lookAt(tx, ctx, object, rows, mapping, before)),
    ties: (mapping) => recordTies(object, mapping),
  }
}

/** What files may fill; the system's own numbers are there to recognise records by. */
function isFed(field: Field): boolean {
  return field.type === 'auto_number' || (!field.readOnly && !isComputed(field) && field.type !== 'file')
}

/** The system's own numbers and unique fields first; the title serves where files have no numbers. */
function keysOf(object: ObjectType): readonly string[] {
  const numbers = object.fields.filter((field) => field.type === 'auto_number')
  const unique = object.fields.filter((field) => field.unique && field.type === 'text' && !field.readOnly)
  return [...new Set([...[...numbers, ...unique].map((field) => field.key), object.title])]
}

interface ResolvedRow {
  readonly line: number
  readonly values: Record<string, unknown>
  readonly faults: FieldFault[]
  readonly postponed: Postponed[]
}

async function saveRows(
  step: Step,
  object: ObjectType,
  rows: readonly TargetRow[],
  mapping: Mapping,
  assigned: number,
): Promise<readonly TargetResult[]> {
  await oneImportAtATime(step, object)
  const results = new Map<ResolvedRow, TargetResult>()
  const ready = await resolved(step.tx, step.ctx, object, rows, mapping)
  const nullable = ownerIfFed(object, mapping)
  // A refused row says everything that is wrong with it, not only what was found first.
  for (const row of ready) if (row.faults.length > 0) row.faults.push(...otherFaults(object, row, true))
  const sound = ready.filter((row) => row.faults.length === 0)
  const known = await recordsOf(step.tx, step.ctx, object, sound, mapping)
  const assign = await ownersInTurn(step.tx, step.ctx, object, mapping, assigned)
  const inputs = sound.flatMap((row) => {
    const meant = known.get(row) ?? { id: undefined }
    const given = 'faults' in meant || meant.id !== undefined ? row : assign(row)
    const faults = 'faults' in meant ? meant.faults : 'faults' in given ? given.faults : []
    if (faults.length > 0) results.set(row, { ok: false, faults })
    if ('faults' in meant || !('values' in given)) return []
    const isAssigned = 'to' in given
    return [{ row, isAssigned, input: inputOf(writtenOf(object, given), meant.id, nullable) }]
  })
  const saved = await saveMany(
    step,
    object,
    inputs.map(({ input }) => input),
    { onWarning: onWarningOf[mapping.duplicates ?? 'refuse'] },
  )
  inputs.forEach(({ row, isAssigned, input }, at) => {
    const isSkipped = mapping.duplicates === 'skip' && input.id === undefined
    const result = resultOf(row, saved[at], isSkipped)
    results.set(row, result.ok && isAssigned ? { ...result, isAssigned } : result)
  })
  return ready.map((row) => results.get(row) ?? { ok: false, faults: row.faults })
}

/** A row that updates a record is no duplicate of it: only new rows are left out. */
const onWarningOf = { refuse: 'refuse', skip: 'refuse-new', allow: 'allow' } as const

/** Two imports with the same key would otherwise both make the record that neither has found. */
async function oneImportAtATime(step: Step, object: ObjectType): Promise<void> {
  const place = `import ${step.ctx.company.id} ${object.key}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${place}, 0))`.execute(step.tx)
}

const idOf = (meant: Meant | undefined) => (meant && 'id' in meant ? meant.id : undefined)

type Meant = { readonly id: string | undefined } | { readonly faults: readonly FieldFault[] }

/** The record that each row means, by the key of the mapping. */
async function recordsOf(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  rows: readonly ResolvedRow[],
  mapping: Mapping,
): Promise<ReadonlyMap<ResolvedRow, Meant>> {
  const key = mapping.upsertKey
  const field = object.fields.find((one) => one.key === key)
  if (key === undefined || !field) return new Map()
  const texts = [...new Set(rows.flatMap((row) => (typeof row.values[key] === 'string' ? [row.values[key]] : [])))]
  const known = await byField(tx, ctx, object, field, texts)
  return new Map(rows.map((row) => [row, meantBy(row, field, known, mapping.mode)]))
}

function meantBy(row: ResolvedRow, field: Field, known: ReadonlyMap<string, Found>, mode: Mapping['mode']): Meant {
  const { key } = field
  const text = row.values[key]
  const isNumbered = field.type === 'auto_number'
  if (typeof text !== 'string' || text === '') {
    // A new record has no number yet.
    return isNumbered && mode !== 'update' ? { id: undefined } : { faults: [fault(key, 'KEY_EMPTY')] }
  }
  const found = known.get(text)
  if (found && 'count' in found) return { faults: [fault(key, 'REFERENCE_AMBIGUOUS', { text, count: found.count })] }
  if (mode === 'create' && found) return { faults: [fault(key, 'RECORD_EXISTS', { text })] }
  if ((mode === 'update' || isNumbered) && !found) return { faults: [fault(key, 'RECORD_NOT_FOUND', { text })] }
  return { id: found?.id }
}

/** A column of owners that says nothing means nobody, not the person who imports. */
function ownerIfFed(object: ObjectType, mapping: Mapping): string | undefined {
  const fed = new Set([...Object.values(mapping.columns).flat(), ...Object.keys(mapping.templates)])
  return object.fields.find((field) => field.type === 'owner' && fed.has(field.key))?.key
}

/** The values that a row writes: numbers that the system gives only say which record is meant. */
function writtenOf({ fields }: ObjectType, { values }: { readonly values: RecordValues }): RecordValues {
  const numbers = new Set(fields.filter((field) => field.type === 'auto_number').map((field) => field.key))
  return Object.fromEntries(Object.entries(values).filter(([key]) => !numbers.has(key)))
}

function inputOf(values: RecordValues, id: string | undefined, nullable: string | undefined): RowInput {
  if (id !== undefined) return { id, values }
  return { values: nullable === undefined ? values : { [nullable]: null, ...values } }
}

/** `isSkipped`: a duplicate is left out without a word. */
function resultOf(row: ResolvedRow, saved: RowResult | undefined, isSkipped: boolean): TargetResult {
  if (!saved) return { ok: false, faults: [fault('', 'ROW_REFUSED')] }
  if (!saved.ok) {
    const isLeftOut = isSkipped && saved.faults.every(isDuplicateFault)
    return { ok: false, faults: saved.faults, ...(isLeftOut ? { isLeftOut } : {}) }
  }
  return {
    ok: true,
    action: saved.action,
    id: saved.id,
    ...(row.postponed.length > 0 ? { postponed: row.postponed } : {}),
  }
}

/** What is wrong with rows before anything is written; in previews. */
async function lookAt(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  rows: readonly TargetRow[],
  mapping: Mapping,
  { assigned, seen }: RowsBefore,
): Promise<readonly LookedAt[]> {
  const ready = await resolved(tx, ctx, object, rows, mapping)
  const known = await recordsOf(tx, ctx, object, ready, mapping)
  const assign = await ownersInTurn(tx, ctx, object, mapping, assigned)
  const found = ready.map((row): LookedAt => {
    const meant = known.get(row) ?? { id: undefined }
    if ('faults' in meant) return { faults: [...row.faults, ...meant.faults] }
    const own = [...row.faults, ...otherFaults(object, row, meant.id !== undefined)]
    if (meant.id !== undefined || own.length > 0) return { faults: own, isKnown: meant.id !== undefined }
    const given = assign(row)
    return 'faults' in given ? { faults: [...given.faults] } : { faults: [], assignedTo: given.to }
  })
  const isNew = (row: ResolvedRow, at: number) => found[at]?.faults.length === 0 && idOf(known.get(row)) === undefined
  const twins = await faultsOfNewRows(tx, ctx, object, ready.filter(isNew), {
    onDuplicate: mapping.duplicates ?? 'refuse',
    seen,
  })
  return found.map((one, at) => {
    const row = ready[at]
    const alike = row ? (twins.get(row) ?? []) : []
    return alike.length === 0 ? one : { faults: [...one.faults, ...alike] }
  })
}

/** What the definition of the object says against the values, apart from the fields that are at fault already. */
function otherFaults(object: ObjectType, row: ResolvedRow, isPartial: boolean): readonly FieldFault[] {
  const atFault = new Set([...row.faults, ...row.postponed].map(({ field }) => field))
  const values = writtenOf(object, row)
  return readValues(object, values, { partial: isPartial }).faults.filter(({ field }) => !atFault.has(field))
}

/** Texts that name records and people become ids, a whole batch at a time. */
async function resolved(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  rows: readonly TargetRow[],
  mapping: Mapping,
): Promise<readonly ResolvedRow[]> {
  const ready = rows.map(({ line, values }): ResolvedRow => ({
    line,
    values: { ...values },
    faults: [],
    postponed: [],
  }))
  for (const field of object.fields) {
    if (field.type === 'reference' && field.to) {
      const target = ctx.company.catalogue.get(field.to)
      const found = await findRecords(tx, ctx, target, textsIn(ready, field), mapping.references[field.key])
      const canWait = field.to === object.key && !field.required
      for (const row of ready) settleReference(row, field, found, canWait)
    } else if (field.type === 'multi_reference' && field.to) {
      const target = ctx.company.catalogue.get(field.to)
      const texts = [...new Set(ready.flatMap(({ values }) => entriesOf(values[field.key])))]
      const found = await findRecords(tx, ctx, target, texts, mapping.references[field.key])
      for (const row of ready) settleReferences(row, field, found)
    } else if (field.type === 'owner') {
      const found = await findPeople(tx, ctx, textsIn(ready, field))
      for (const row of ready) settleOwner(row, field, found)
    } else if (field.type === 'credits') await settleShares(tx, ctx, ready, field)
  }
  return ready
}

function textsIn(rows: readonly ResolvedRow[], field: Field): readonly string[] {
  return [
    ...new Set(
      rows.flatMap(({ values }) => (typeof values[field.key] === 'string' ? [String(values[field.key])] : [])),
    ),
  ]
}

function settleReference(row: ResolvedRow, field: Field, found: ReadonlyMap<string, Found>, canWait: boolean): void {
  const text = row.values[field.key]
  const one = typeof text === 'string' ? found.get(text) : undefined
  if (typeof text !== 'string' || !one) return
  if ('id' in one) row.values[field.key] = one.id
  else if (one.count > 1) row.faults.push(fault(field.key, 'REFERENCE_AMBIGUOUS', { text, count: one.count }))
  else if (canWait) {
    row.postponed.push({ field: field.key, written: text })
    // Left as it is: the follow-up sets it once all rows are read.
    Reflect.deleteProperty(row.values, field.key)
  } else row.faults.push(fault(field.key, 'REFERENCE_NOT_FOUND', { text }))
}

const entriesOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])

function settleReferences(row: ResolvedRow, field: Field, found: ReadonlyMap<string, Found>): void {
  const texts = entriesOf(row.values[field.key])
  if (texts.length === 0) return
  row.values[field.key] = texts.map((text) => {
    const one = found.get(text)
    if (one && 'id' in one) return one.id
    const count = one?.count ?? 0
    row.faults.push(
      count > 1
        ? fault(field.key, 'REFERENCE_AMBIGUOUS', { text, count })
        : fault(field.key, 'REFERENCE_NOT_FOUND', { text }),
    )
    return text
  })
}

function settleOwner(row: ResolvedRow, field: Field, found: ReadonlyMap<string, Found>): void {
  const text = row.values[field.key]
  const one = typeof text === 'string' ? found.get(text) : undefined
  if (typeof text !== 'string' || !one) return
  if ('id' in one) row.values[field.key] = one.id
  else row.faults.push(ownerFault(field, text, one.count))
}

function ownerFault(field: Field, text: string, count: number): FieldFault {
  return count === 0
    ? fault(field.key, 'OWNER_NOT_FOUND', { text })
    : fault(field.key, 'OWNER_AMBIGUOUS', { text, count })
}

async function settleShares(tx: Tx, ctx: Ctx, rows: readonly ResolvedRow[], field: Field): Promise<void> {
  const sharesOf = (row: ResolvedRow): readonly WrittenShare[] => {
    const value = row.values[field.key]
    return Array.isArray(value) ? (value as readonly WrittenShare[]) : []
  }
  const names = [...new Set(rows.flatMap((row) => sharesOf(row).map((share) => share.person)))]
  if (names.length === 0) return
  const found = await findPeople(tx, ctx, names)
  for (const row of rows) {
    const shares = sharesOf(row)
    if (shares.length === 0) continue
    row.values[field.key] = shares.map(({ person, percent }) => {
      const one = found.get(person)
      if (one && 'id' in one) return { person: one.id, percent }
      row.faults.push(ownerFault(field, person, one?.count ?? 0))
      return { person, percent }
    })
  }
}

async function followUp(
  step: Step,
  object: ObjectType,
  items: readonly FollowUp[],
  mapping: Mapping,
): Promise<readonly (FieldFault | undefined)[]> {
  const rows = items.map(({ field, written }, at) => ({ line: at, values: { [field]: written } }))
  const ready = await resolved(step.tx, step.ctx, object, rows, mapping)
  const faults = ready.map((row, at): FieldFault | undefined => {
    const item = items[at]
    if (item && row.postponed.length > 0) return fault(item.field, 'REFERENCE_NOT_FOUND', { text: item.written })
    return row.faults[0]
  })
  const byRecord = new Map<string, number[]>()
  items.forEach((item, at) => {
    if (faults[at] === undefined) byRecord.set(item.recordId, [...(byRecord.get(item.recordId) ?? []), at])
  })
  const inputs = [...byRecord].map(([id, places]) => ({
    id,
    values: Object.assign({}, ...places.map((at) => ready[at]?.values)) as RecordValues,
  }))
  const saved = await saveMany(step, object, inputs)
  ;[...byRecord.values()].forEach((places, at) => {
    const result = saved[at]
    if (result && !result.ok) for (const place of places) faults[place] = result.faults[0]
  })
  return faults
}
