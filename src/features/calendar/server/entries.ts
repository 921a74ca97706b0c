import type { ObjectType } from '#engine/model/object-type.ts'
import { all, type Filter } from '#engine/query/filter.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { queryRecords, type RecordRow } from '#platform/records/read.ts'
import { may } from '#platform/records/scope.ts'
import type { Entry } from '../entry.ts'

/** What of a person's records stands in her calendar, by the field that says when. */
const shown: readonly { readonly object: string; readonly on: string; readonly kinds?: readonly string[] }[] = [
  { object: 'task', on: 'dueOn' },
  { object: 'activity', on: 'doneOn', kinds: ['visit', 'meeting', 'call'] },
]

/** So many of each kind, so far back. */
const mostEntries = 1000
const daysBack = 90

/**
 * The actor's own tasks and meetings from three months ago on. Those in the recycle bin are cancelled, so that calendars
 * that keep what they know take them out.
 */
export async function entriesOf(ctx: Ctx, home: string): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  for (const { object: key, on, kinds } of shown) {
    const object = ctx.company.catalogue.find(key)
    if (!object || !may(ctx, object, 'read') || !knowsAll(object, [on, ...(kinds ? ['kind'] : [])])) continue
    const mine: Filter = { field: 'ownerId', op: 'eq', value: { me: true } }
    const since: Filter = { field: on, op: 'within', value: { relative: { before: daysBack, unit: 'day' } } }
    const filter = all(
      all(mine, { and: [{ field: on, op: 'notEmpty' }, { not: since }] }),
      kinds && { field: 'kind', op: 'in', value: [...kinds] },
    )
    for (const deleted of [false, true]) {
      const rows = await rowsOf(ctx, object, filter, deleted)
      entries.push(...rows.flatMap((row) => entryOf(row, object, { on, home, isCancelled: deleted }) ?? []))
    }
  }
  return entries
}

/** Whose role hides one of the fields has nothing of it in the calendar. */
function knowsAll({ fields }: ObjectType, keys: readonly string[]): boolean {
  return keys.every((key) => fields.some((field) => field.key === key && !field.masked))
}

async function rowsOf(ctx: Ctx, object: ObjectType, filter: Filter, deleted: boolean): Promise<readonly RecordRow[]> {
  const rows: RecordRow[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof queryRecords>> = await queryRecords(ctx, object.key, {
      filter,
      deleted,
      cursor,
      limit: 200,
    })
    rows.push(...page.rows)
    ;({ cursor } = page)
  } while (cursor !== null && rows.length < mostEntries)
  return rows
}

interface Place {
  readonly on: string
  readonly home: string
  readonly isCancelled: boolean
}

function entryOf(row: RecordRow, object: ObjectType, { on, home, isCancelled }: Place): Entry | undefined {
  const when = whenOf(row, object, on)
  if (!when) return undefined
  const account = row.names['account']
  const title = [textOf(row[object.title]), account].filter(Boolean).join(' · ')
  return {
    id: row.id,
    version: row.version,
    title,
    note: textOf(row['note']),
    when,
    changedAt: row.updatedAt,
    isCancelled,
    url: `${home}/records/${object.key}/${row.id}`,
  }
}

/** A field with a time that the company added says it more exactly than the day does. */
function whenOf(row: RecordRow, object: ObjectType, on: string): Entry['when'] | undefined {
  const exact = object.fields.find((field) => field.custom && field.type === 'date_time' && row[field.key])
  const at = exact && new Date(String(row[exact.key]))
  if (at && !Number.isNaN(at.getTime())) return { at }
  const day = textOf(row[on])
  return day === null ? undefined : { day }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
