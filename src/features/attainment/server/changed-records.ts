import { sql } from 'kysely'
import { readAmount, writeAmount } from '#engine/metrics/metric.ts'
import { nobody } from '#platform/db/new-id.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { titlesOf } from '#platform/ledger/index.ts'
import type { KeptRow, Reason } from '../reasons.ts'
import { changedAt, readComparison, type Changed, type ChangesAsked } from './changes.ts'

export interface RecordsAsked extends ChangesAsked {
  readonly reason: Reason
  readonly skip: number
  readonly limit: number
}

interface Found {
  readonly object: string
  readonly recordId: string
  readonly amount: bigint
  readonly before: readonly KeptRow[]
  readonly after: readonly KeptRow[]
}

/** The records of one reason, the largest differences first, each with what it was and what it is. */
export async function recordsOfReason(ctx: Ctx, metricKey: string, { reason, skip, limit, ...asked }: RecordsAsked) {
  return inView(ctx, async (tx) => {
    const changed = changedAt(await readComparison(tx, ctx, metricKey, asked), asked.node)
    const all = await foundOfReason(tx, ctx, changed, reason)
    const page = all.slice(skip, skip + limit)
    const words = await wordsFor(tx, ctx, page)
    return {
      rows: page.map((one) => shown(one, words, changed)),
      total: writeAmount(all.reduce((sum, { amount }) => sum + amount, 0n)),
      count: all.length,
      next: skip + page.length < all.length ? skip + page.length : null,
    }
  })
}

/** Every record of one reason with its difference, the largest first; the differences sum to the part of the reason. */
export async function foundOfReason(tx: Tx, ctx: Ctx, changed: Changed, reason: Reason): Promise<readonly Found[]> {
  const changes = changed.parts.flatMap(({ change, parts }) => {
    const amount = parts.reduce((sum, part) => (part.reason === reason ? sum + part.amount : sum), 0n)
    return amount === 0n ? [] : [{ ...change, amount }]
  })
  const moved = reason === 'organisation' ? await recordsOfMovedUnits(tx, ctx, changed) : []
  return [...changes, ...moved].toSorted((one, other) => compare(other, one))
}

const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount)

function compare(one: Found, other: Found): number {
  const difference = size(one.amount) - size(other.amount)
  if (difference !== 0n) return difference > 0n ? 1 : -1
  return one.recordId < other.recordId ? 1 : -1
}

/** Records that stayed as they were in units that stand elsewhere. */
async function recordsOfMovedUnits(tx: Tx, ctx: Ctx, changed: Changed): Promise<readonly Found[]> {
  if (changed.rest === 0n) return []
  const { metric, structureId } = changed.key
  const { rows } = await sql<{
    object: string
    recordId: string
    day: string
    unitId: string
    personId: string
    numerator: string
    version: number
  }>`
    select object, record_id as "recordId", day, unit_id as "unitId", person_id as "personId", numerator,
      metric_version as version
    from ledger_row where company_id = ${ctx.company.id} and metric = ${metric.key} and structure_id = ${structureId}
      and day >= ${changed.days.from}::date and day < ${changed.days.to}::date`.execute(tx)
  const moved = rows.filter(
    (row) => !changed.touched.has(row.recordId) && changed.then.counts(row) !== changed.now.counts(row),
  )
  return [...Map.groupBy(moved, ({ recordId }) => recordId)].map(([recordId, some]) => {
    const kept = some.map((row) => ({
      ...row,
      numerator: readAmount(row.numerator),
      denominator: 0n,
      amount: null,
      currency: null,
      metricVersion: row.version,
    }))
    const amount = kept.reduce((sum, row) => sum + (changed.now.counts(row) ? row.numerator : -row.numerator), 0n)
    return { object: some[0]?.object ?? '', recordId, amount, before: kept, after: kept }
  })
}

interface Words {
  readonly titles: ReadonlyMap<string, { readonly title: string }>
  readonly people: ReadonlyMap<string, string>
  readonly units: ReadonlyMap<string, string>
}

async function wordsFor(tx: Tx, ctx: Ctx, page: readonly Found[]): Promise<Words> {
  const rows = page.flatMap(({ before, after }) => [...before, ...after])
  const names = async (table: 'person' | 'unit', ids: readonly string[]) => {
    const { rows: found } = await sql<{ id: string; name: string }>`
      select id, name from ${sql.table(table)} where company_id = ${ctx.company.id} and id = any(${ids}::uuid[])`.execute(
      tx,
    )
    return new Map(found.map(({ id, name }) => [id, name]))
  }
  return {
    titles: await titlesOf(
      tx,
      ctx,
      page.map(({ object, recordId }) => ({ object, record_id: recordId })),
    ),
    people: await names(
      'person',
      rows.map(({ personId }) => personId),
    ),
    units: await names(
      'unit',
      rows.map(({ unitId }) => unitId),
    ),
  }
}

/** What left the actor's sight is told without name, person and unit: only that it is gone, and what it was here. */
function shown({ object, recordId, amount, before, after }: Found, words: Words, changed: Changed) {
  const isHere = after.length === 0 || after.some((row) => changed.isSeen(row))
  return {
    object,
    recordId: isHere ? recordId : null,
    title: isHere ? (words.titles.get(recordId)?.title ?? null) : null,
    amount: writeAmount(amount),
    before: sideOf(before, words, () => true),
    after: sideOf(after, words, (row) => changed.isSeen(row)),
  }
}

/** One row for each credited person; null where the record brings nothing there. */
function sideOf(rows: readonly KeptRow[], { people, units }: Words, isSeen: (row: KeptRow) => boolean) {
  return rows.map((row) => {
    const isOut = !isSeen(row)
    return {
      day: isOut ? null : row.day,
      value: isOut ? null : writeAmount(row.numerator),
      currency: isOut ? null : row.currency,
      amount: isOut || row.amount === null ? null : writeAmount(row.amount),
      personName: isOut || row.personId === nobody ? null : (people.get(row.personId) ?? null),
      unitName: isOut || row.unitId === nobody ? null : (units.get(row.unitId) ?? null),
      /** It lies where the actor does not see. */
      isOut,
    }
  })
}
