import { sql } from 'kysely'
import { writeAmount } from '#engine/metrics/metric.ts'
import { nobody } from '#platform/db/new-id.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { titlesOf } from '#platform/ledger/index.ts'
import type { KeptRow, Reason } from '../reasons.ts'
import { readChanges, type Changed, type ChangesAsked } from './changes.ts'
import { movedRecords, type MovedRecord } from './moved-store.ts'
import { rowsOfRecords } from './window-store.ts'

export interface RecordsAsked extends ChangesAsked {
  readonly reason: Reason
  readonly skip: number
  readonly limit: number
}

interface Found extends MovedRecord {
  readonly before: readonly KeptRow[]
  readonly after: readonly KeptRow[]
}

/** The records of one reason, the largest differences first, each with what it was and what it is. */
export async function recordsOfReason(ctx: Ctx, metricKey: string, { reason, skip, limit, ...asked }: RecordsAsked) {
  return inView(ctx, async (tx) => {
    const changed = await readChanges(tx, ctx, metricKey, asked)
    const { key, rest, moves, touched } = changed
    const own = changed.parts.flatMap(({ change, parts }) => {
      const amount = parts.reduce((sum, part) => (part.reason === reason ? sum + part.amount : sum), 0n)
      return amount === 0n ? [] : [{ ...change, amount }]
    })
    // Those that stayed as they were in units that stand elsewhere may be all there are: the database picks the largest.
    const isMoved = reason === 'organisation' && moves.spans.length > 0
    const moved = isMoved
      ? await movedRecords(tx, key, moves, { but: [...touched], most: skip + limit })
      : { rows: [], count: 0 }
    const picked = [...own, ...moved.rows].toSorted((one, other) => compare(other, one)).slice(skip, skip + limit)
    const changes = new Map(own.map((one) => [one.recordId, one]))
    const same = await rowsOfRecords(
      tx,
      key,
      picked.flatMap(({ recordId }) => (changes.has(recordId) ? [] : [recordId])),
    )
    const page = picked.map((one): Found => {
      const rows = same.get(one.recordId) ?? []
      return changes.get(one.recordId) ?? { ...one, before: rows, after: rows }
    })
    const words = await wordsFor(tx, ctx, page)
    const count = own.length + moved.count
    return {
      rows: page.map((one) => shown(one, words, changed)),
      total: writeAmount(own.reduce((sum, { amount }) => sum + amount, isMoved ? rest : 0n)),
      count,
      next: skip + page.length < count ? skip + page.length : null,
    }
  })
}

const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount)

function compare(one: MovedRecord, other: MovedRecord): number {
  const difference = size(one.amount) - size(other.amount)
  if (difference !== 0n) return difference > 0n ? 1 : -1
  return one.recordId < other.recordId ? 1 : -1
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

/**
 * What left the actor's sight is told without name, person and unit: only that it is gone, and what it was here. Shares
 * that others had of it are theirs: each side shows what lay in sight when it stood so.
 */
function shown({ object, recordId, amount, before, after }: Found, words: Words, { isSeen }: Changed) {
  const isHere = after.length === 0 || after.some((row) => isSeen.now(row))
  return {
    object,
    recordId: isHere ? recordId : null,
    title: isHere ? (words.titles.get(recordId)?.title ?? null) : null,
    amount: writeAmount(amount),
    before: sideOf(before, words, (row) => isSeen.then(row)),
    after: sideOf(after, words, (row) => isSeen.now(row)),
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
