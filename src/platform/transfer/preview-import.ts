import { bareCompanyName } from '#engine/duplicates/company-name.ts'
import { fold, withoutBrackets } from '#engine/transfer/fold.ts'
import { columnOf, rowMapper, type MappedRow } from '#engine/transfer/map-row.ts'
import { faultsOfHeaders, faultsOfMapping, type Mapping } from '#engine/transfer/mapping.ts'
import { notesOnUse } from '#engine/transfer/notes.ts'
import { repeatedKeys } from '#engine/transfer/repeated-keys.ts'
import type { Field } from '#engine/model/object-type.ts'
import { proposeMapping } from '#engine/transfer/propose.ts'
import { sumOf } from '#engine/money/decimal.ts'
import type { FieldFault } from '#base/errors.ts'
import type { ImportPreview } from '#engine/transfer/import-preview.ts'
import type { OpenedFile, ReadyView } from '#engine/transfer/opened-file.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { isDuplicateFault } from '#platform/duplicates/tell.ts'
import { isFull, nothingSeen } from '#platform/duplicates/twins.ts'
import { findFile, pathOfFile, type StoredFile } from './file-store.ts'
import { rememberedColumns } from './import-store.ts'
import { namesOfPeople, titlesOf } from './lookup-store.ts'
import { openTable, type Table } from './open-table.ts'
import { readyFor } from './ready-mappings.ts'
import type { ImportTarget, LookedAt } from './target.ts'
import { importTarget } from './targets.ts'

const sampleRows = 20
const shownRows = 10
/** Rows in which the order of dates is looked for. */
const rowsForHints = 200
/** How long and how far a preview looks at a file before it answers for the beginning only. */
const longestLookMs = 8000
const mostRows = 300_000
const mostUnknown = 200
const mostCandidates = 1000
const lookupPortion = 1000

/** Header and first rows of a file that was uploaded. */
export async function openFile(ctx: Ctx, fileId: string, sheet?: string): Promise<OpenedFile> {
  const file: StoredFile = await findFile(ctx, fileId)
  const table = await openTable(pathOfFile(ctx, file.id), { sheet })
  const rows = await firstRows(table, rowsForHints)
  const ready = await readyFor(ctx, table.headers, rows)
  return {
    file: { ...file },
    sheets: [...table.sheets],
    sheet: table.sheet ?? null,
    headers: [...table.headers],
    notes: [...table.notes],
    samples: rows.slice(0, shownRows).map((cells) => [...cells]),
    ready: ready.map((one) => ({
      ...one,
      mapping: { ...one.mapping, ...(table.sheets.length > 1 ? { sheet: table.sheet } : {}) },
    })),
  }
}

/**
 * The mapping that a file suggests for a target: the ready-made one if another product wrote it, else by names and by
 * what earlier imports of the object used.
 */
export async function proposeFor(ctx: Ctx, target: ImportTarget, fileId: string, sheet?: string): Promise<Proposed> {
  const table = await openTable(pathOfFile(ctx, fileId), { sheet })
  const all = await readyFor(ctx, table.headers, await firstRows(table, rowsForHints))
  const ready = all.find(({ mapping }) => mapping.object === target.object)
  return { mapping: ready?.mapping ?? (await proposal(ctx, target, table, sheet)), ready }
}

export interface Proposed {
  readonly mapping: Mapping
  /** The ready-made mapping that it is, if another product wrote the file. */
  readonly ready: ReadyView | undefined
}

async function proposal(ctx: Ctx, target: ImportTarget, table: Table, sheet: string | undefined): Promise<Mapping> {
  const samples = await firstRows(table, rowsForHints)
  const remembered = await inView(ctx, (tx) => rememberedColumns(tx, ctx, target.object))
  const mapping = proposeMapping(target, table.headers, samples, remembered)
  return sheet === undefined ? mapping : { ...mapping, sheet }
}

export interface PreviewRequest {
  readonly fileId: string
  readonly object: string
  readonly sheet?: string | undefined
  readonly mapping?: Mapping | undefined
  /** Looks at so many rows only. */
  readonly rows?: number | undefined
}

/** What an import would do: the first rows with their errors in place, the sums, and the texts that lead nowhere. */
export async function previewImport(ctx: Ctx, request: PreviewRequest): Promise<ImportPreview> {
  const target = importTarget(ctx, request.object)
  const file = await findFile(ctx, request.fileId)
  const sheet = request.mapping?.sheet ?? request.sheet
  const expected = Object.keys(request.mapping?.columns ?? {})
  const table = await openTable(pathOfFile(ctx, file.id), { sheet, expected })
  const mapping = request.mapping ?? (await proposal(ctx, target, table, sheet))
  const mappingFaults = [
    ...faultsOfMapping(mapping, target),
    ...faultsOfHeaders(mapping, (name) => columnOf(table.headers, name) >= 0),
  ]
  const look = await lookAt(ctx, table, target, mapping, request.rows ?? mostRows)
  return {
    mapping,
    headers: [...table.headers],
    sheets: [...table.sheets],
    notes: [...notesOnUse(mapping, table.headers, look.rowsTotal), ...table.notes],
    mappingFaults,
    ...look,
  }
}

type Look = Pick<
  ImportPreview,
  | 'rows'
  | 'rowsTotal'
  | 'isWhole'
  | 'rowsWithFaults'
  | 'rowsKnown'
  | 'skipped'
  | 'assigned'
  | 'sums'
  | 'unknown'
  | 'candidates'
>

async function lookAt(ctx: Ctx, table: Table, target: ImportTarget, mapping: Mapping, most: number): Promise<Look> {
  const toValues = rowMapper(mapping, target, table.headers, ctx.company.zone)
  const withoutRepeated = repeatedKeys(mapping)
  const tally = new PreviewTally(ctx, target, mapping)
  const until = Date.now() + longestLookMs
  let portion: MappedRow[] = []
  let isWhole = true
  for await (const row of table.rows(() => (tally.skipped += 1))) {
    portion.push(withoutRepeated(toValues(row)))
    if (portion.length < Math.min(lookupPortion, most)) continue
    await tally.add(portion)
    portion = []
    isWhole = tally.total + tally.skipped < most && Date.now() < until && !tally.isFull()
    if (!isWhole) break
  }
  await tally.add(portion)
  return { ...(await tally.result()), isWhole }
}

/** Gathers what a preview shows while the rows go by. */
class PreviewTally {
  total = 0
  skipped = 0
  readonly #ctx: Ctx
  readonly #target: ImportTarget
  readonly #mapping: Mapping
  readonly #rows: ImportPreview['rows'] = []
  readonly #sums = new Map<string, { sum: string; filled: number }>()
  readonly #unknown = new Map<string, { field: string; text: string; rows: number }>()
  readonly #assigned = new Map<string, number>()
  readonly #seen = nothingSeen()
  #withFaults = 0
  #known = 0
  /** Rows that may be there already and that the mapping leaves out. */
  #leftOut = 0

  constructor(ctx: Ctx, target: ImportTarget, mapping: Mapping) {
    this.#ctx = ctx
    this.#target = target
    this.#mapping = mapping
  }

  /** More rows would be told no more what they may be doubled by. */
  isFull(): boolean {
    return isFull(this.#seen)
  }

  async add(rows: readonly MappedRow[]): Promise<void> {
    const taken = rows.filter((row) => !row.isLeftOut)
    this.skipped += rows.length - taken.length
    if (taken.length === 0) return
    const before = { assigned: sumOfCounts(this.#assigned), seen: this.#seen }
    const looked = await this.#target.look?.(this.#ctx, taken, this.#mapping, before)
    taken.forEach((row, at) => {
      const found = looked?.[at]
      this.#addRow(row, [...row.faults, ...besides(row, found?.faults ?? [])], found)
    })
  }

  #addRow(row: MappedRow, faults: readonly FieldFault[], found: LookedAt | undefined): void {
    this.total += 1
    if (this.#isLeftOut(faults)) {
      this.#leftOut += 1
      return
    }
    const assignedTo = found?.assignedTo
    if (faults.length > 0) this.#withFaults += 1
    else if (found?.isKnown) this.#known += 1
    else if (assignedTo !== undefined) this.#assigned.set(assignedTo, (this.#assigned.get(assignedTo) ?? 0) + 1)
    if (this.#rows.length < sampleRows || (faults.length > 0 && this.#rows.length < sampleRows * 2)) {
      const { line, cells, values, doubts } = row
      this.#rows.push({ line, cells: [...cells], values, faults: [...faults], doubts: [...doubts] })
    }
    for (const field of this.#target.fields) {
      if (field.type !== 'number' && field.type !== 'money') continue
      const value = row.values[field.key]
      if (typeof value !== 'string') continue
      const before = this.#sums.get(field.key) ?? { sum: '0', filled: 0 }
      this.#sums.set(field.key, { sum: sumOf([before.sum, value]), filled: before.filled + 1 })
    }
    for (const one of faults) this.#addUnknown(one)
  }

  #isLeftOut(faults: readonly FieldFault[]): boolean {
    return this.#mapping.duplicates === 'skip' && faults.length > 0 && faults.every(isDuplicateFault)
  }

  #addUnknown({ field, code, params }: FieldFault): void {
    if (!/NOT_FOUND|UNKNOWN_CHOICE|AMBIGUOUS/.test(code) || params?.['text'] === undefined) return
    const text = String(params['text'])
    const key = `${field}\n${text}`
    const before = this.#unknown.get(key)
    if (before) before.rows += 1
    else if (this.#unknown.size < mostUnknown) this.#unknown.set(key, { field, text, rows: 1 })
  }

  async result(): Promise<Omit<Look, 'isWhole'>> {
    const unknown = [...this.#unknown.values()].toSorted((left, right) => right.rows - left.rows)
    const { suggestions, candidates } = await this.#meanings(unknown)
    return {
      rows: this.#rows,
      rowsTotal: this.total - this.#leftOut,
      rowsWithFaults: this.#withFaults,
      rowsKnown: this.#known,
      skipped: this.skipped + this.#leftOut,
      assigned: [...this.#assigned].map(([person, rows]) => ({ person, rows })),
      sums: [...this.#sums].map(([field, { sum, filled }]) => ({ field, sum, filled })),
      candidates,
      unknown: unknown.map((one) => ({
        ...one,
        suggestion: suggestions.get(`${one.field}\n${fold(one.text)}`) ?? null,
      })),
    }
  }

  /** What a text of the field may name: people, or records in reach. */
  async #namesFor({ type, to }: Field): Promise<readonly string[] | undefined> {
    if (type === 'owner') return inView(this.#ctx, (tx) => namesOfPeople(tx, this.#ctx))
    const isReference = type === 'reference' || type === 'multi_reference'
    const object = isReference && to ? this.#ctx.company.catalogue.find(to) : undefined
    return object && inView(this.#ctx, (tx) => titlesOf(tx, this.#ctx, object))
  }

  /** For references and owners that lead nowhere: what reads alike, and what there is to choose from. */
  async #meanings(unknown: readonly { field: string; text: string }[]) {
    const suggestions = new Map<string, string>()
    const candidates: Record<string, string[]> = {}
    for (const field of this.#target.fields) {
      const texts = unknown.filter((one) => one.field === field.key).map((one) => one.text)
      const names = texts.length === 0 ? undefined : await this.#namesFor(field)
      if (!names) continue
      const alikeTo = readsAlike(names)
      for (const text of texts) {
        const alike = alikeTo(text)
        if (alike !== undefined) suggestions.set(`${field.key}\n${fold(text)}`, alike)
      }
      candidates[field.key] = names.slice(0, mostCandidates)
    }
    return { suggestions, candidates }
  }
}

/**
 * The only name that is spelled like a text, a hint in brackets apart; else the only one that is the same company's. The
 * text itself is no answer: it leads nowhere, or to several.
 */
function readsAlike(names: readonly string[]): (text: string) => string | undefined {
  const byFold = Map.groupBy(names, fold)
  const byCompany = Map.groupBy(names, bareCompanyName)
  return (text) => {
    const [only, ...others] = byCompany.get(bareCompanyName(text)) ?? []
    const [spelled, ...spelledToo] = byFold.get(fold(text)) ?? byFold.get(fold(withoutBrackets(text))) ?? []
    if (spelled !== undefined) return spelledToo.length === 0 && spelled !== text ? spelled : undefined
    return others.length === 0 ? only : undefined
  }
}

function sumOfCounts(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}

/** Faults of fields that reading has not found at fault. */
function besides(row: MappedRow, faults: readonly FieldFault[]): readonly FieldFault[] {
  if (row.faults.some(({ field }) => field === '')) return []
  return faults.filter(({ field }) => !row.faults.some((known) => known.field === field))
}

async function firstRows(table: Table, count: number): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = []
  for await (const row of table.rows()) {
    rows.push(row.cells)
    if (rows.length >= count) break
  }
  return rows
}
