import { PassThrough, type Readable } from 'node:stream'
import { sql } from 'kysely'
import { inWords } from '#base/label.ts'
import { instantIn, wallTimeIn } from '#engine/calendar/wall-time.ts'
import { fieldOf, isNumeric, valueTypeOf } from '#engine/model/column.ts'
import type { Credit, Field, ObjectType, SortKey } from '#engine/model/object-type.ts'
import type { Filter } from '#engine/query/filter.ts'
import { regions } from '#engine/region/regions.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { queryRecords, type RecordRow } from '#platform/records/read.ts'
import { objectFor } from '#platform/records/scope.ts'
import { totalsOf } from '#platform/records/totals.ts'
import { jsonCells, jsonNames } from './json-record.ts'
import { writeJsonLines, writeSheet, type Cell, type Format } from './sheet-writer.ts'

export interface ExportRequest {
  readonly object: string
  readonly format: Format
  readonly filter?: Filter | undefined
  readonly sort?: readonly SortKey[] | undefined
  /** What the view is called from which it is exported, for the audit. */
  readonly view?: string | undefined
  /** Field keys in the order of the columns; all of them unless told. */
  readonly fields?: readonly string[] | undefined
}

export interface ExportFile {
  readonly name: string
  readonly stream: Readable
}

/**
 * The records that the same list would show, as a sheet, read page by page while it is written. What the file says,
 * the import understands. The export itself is written down in the audit.
 */
export async function exportRecords(ctx: Ctx, request: ExportRequest): Promise<ExportFile> {
  const object = objectFor(ctx, request.object, 'export')
  const fields = fieldsOf(object, request.fields)
  // The first page is read before anything is sent, so that a wrong filter is an error and not half a file.
  const first = await queryRecords(ctx, object.key, { ...questionOf(request), limit: 200 })
  const { count } = await totalsOf(ctx, object.key, { filter: request.filter })
  await inStep(
    ctx,
    async (step) =>
      step.audit({
        object: object.key,
        recordId: ctx.actor.personId ?? ctx.company.id,
        action: 'exported',
        before: null,
        after: {
          format: request.format,
          view: request.view ?? null,
          filter: request.filter ?? null,
          fields: fields.map((field) => field.key),
          rows: count,
        },
      }),
    { kind: 'export' },
  )
  const out = new PassThrough()
  const rows = async function* <T>(cellsOf: (row: RecordRow, names: ReadonlyMap<string, string>) => T) {
    let page = first
    for (;;) {
      const names = await namesOfCredited(ctx, page.rows, fields)
      for (const row of page.rows) yield cellsOf(row, names)
      if (page.cursor === null) return
      page = await queryRecords(ctx, object.key, { ...questionOf(request), limit: 200, cursor: page.cursor })
    }
  }
  const written =
    request.format === 'jsonl'
      ? writeJsonLines(
          out,
          fields.flatMap(jsonNames),
          rows((row, names) => fields.flatMap((field) => jsonCells(row, field, names))),
        )
      : writeSheet(
          out,
          request.format,
          fields.map((field) => inWords(field.label, ctx.language)),
          rows((row, names) => fields.map((field) => cellOf(row, field, names, ctx))),
        )
  void written.catch((error: unknown) => {
    ctx.log.error({ err: error }, 'an export broke off')
    out.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  return { name: `${object.key}-${ctx.today}.${request.format}`, stream: out }
}

function questionOf({ filter, sort }: ExportRequest) {
  return { filter, sort }
}

function fieldsOf(object: ObjectType, wanted: readonly string[] | undefined): readonly Field[] {
  if (!wanted || wanted.length === 0) return object.fields
  return wanted.flatMap((key) => fieldOf(object, key) ?? [])
}

function cellOf(row: RecordRow, field: Field, names: ReadonlyMap<string, string>, ctx: Ctx): Cell {
  const value = row[field.key]
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return entriesOf(value, row, field, names, ctx).join(ctx.language === 'zh' ? '、' : '; ')
  if (isNumeric(field)) return { number: String(value) }
  switch (valueTypeOf(field)) {
    case 'reference':
    case 'owner':
      return field.key === 'id' ? row.id : (row.names[field.key] ?? null)
    case 'choice':
      return choiceWords(field, value, ctx)
    case 'yes_no':
      return inWords(value === true ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' }, ctx.language)
    case 'date':
      return { day: String(value) }
    case 'date_time':
      return momentCell(value instanceof Date ? value : new Date(String(value)), field, ctx.company.zone)
    case 'region':
      return regions.fullNameOf(String(value), ctx.language)
    default:
      return String(value)
  }
}

/**
 * `2026-03-01 10:30:00`, as clocks of the company show it. Where that would be read again as another moment, in fractions
 * of a second or the hour that comes twice when clocks are put back, the instant itself.
 */
function momentCell(instant: Date, { readOnly = false }: Field, zone: string): Cell {
  const shown = wallTimeIn(zone, instant)
  const isReadAgain = readOnly || instantIn(zone, shown.getTime()).getTime() === instant.getTime()
  return isReadAgain ? { moment: shown.toISOString().slice(0, 19).replace('T', ' ') } : instant.toISOString()
}

/** Every entry of a list as the import reads it again. */
function entriesOf(
  value: readonly unknown[],
  row: RecordRow,
  field: Field,
  names: ReadonlyMap<string, string>,
  ctx: Ctx,
): readonly string[] {
  switch (field.type) {
    case 'credits':
      return (value as readonly Credit[]).map(({ person, percent }) => `${names.get(person) ?? person} ${percent}%`)
    case 'multi_choice':
      return value.map((key) => choiceWords(field, key, ctx))
    case 'file':
    case 'multi_reference':
      return value.flatMap((id) => row.names[String(id)] ?? [])
    default:
      return value.map(String)
  }
}

function choiceWords(field: Field, key: unknown, ctx: Ctx): string {
  const choice = field.choices?.find((one) => one.key === key)
  return choice ? inWords(choice.label, ctx.language) : String(key)
}

async function namesOfCredited(
  ctx: Ctx,
  rows: readonly RecordRow[],
  fields: readonly Field[],
): Promise<ReadonlyMap<string, string>> {
  const field = fields.find((one) => one.type === 'credits')
  const ids = field
    ? rows.flatMap((row) => ((row[field.key] ?? []) as readonly Credit[]).map((credit) => credit.person))
    : []
  if (ids.length === 0) return new Map()
  const { rows: people } = await inView(ctx, (tx) =>
    sql<{ id: string; name: string }>`
      select id, name from person where company_id = ${ctx.company.id} and id = any(${[...new Set(ids)]}::uuid[])`.execute(
      tx,
    ),
  )
  return new Map(people.map((person) => [person.id, person.name]))
}
