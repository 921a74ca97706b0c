import { sql } from 'kysely'
import { readAmount, writeAmount } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { scopeOf } from '#platform/records/sight.ts'
import { forecastErrors, type ForecastEntry } from '../contract.ts'
import { landingOf, movementOf, type Fate, type HeldShare } from '../movement.ts'
import { boardAsked, readBoard, type Board } from './board.ts'
import { entriesOf, findEntry, heldDeals, type EntryRow } from './entry-store.ts'
import { findLaid, homeOf, type LaidNode } from './lay-sums.ts'
import { dealsBehind } from './list-deals.ts'
import { readableBy, subjectsOf } from './entry-reach.ts'
import { periodAsKept } from './periods.ts'
import { readSetting } from './setting-store.ts'

interface Question {
  readonly period?: string | undefined
  readonly node?: string | undefined
  readonly periods: 'one' | 'all'
}

/** What was said of a node and of all below it, the newest first. */
export async function listEntries(ctx: Ctx, { period: key, node, periods }: Question) {
  return inView(ctx, async (tx) => {
    const { period, laid } = await boardAsked(tx, ctx, { period: key, node })
    const { rows, hasMore } = await entriesOf(
      tx,
      ctx,
      await subjectsOf(ctx, laid, node === undefined),
      periods === 'one' ? period : undefined,
    )
    const mayRead = await readableBy(ctx)
    return { entries: rows.filter(mayRead).map(shownEntry), hasMore }
  })
}

/** One entry with its deals; those that the reader may not see have no name. */
export async function showEntry(ctx: Ctx, id: string) {
  return inView(ctx, async (tx) => {
    const entry = await readableEntry(tx, ctx, id)
    const deals = await heldDeals(tx, ctx, id, await scopeOf(ctx, ctx.company.wholeCatalogue.get('opportunity')))
    return {
      ...shownEntry(entry),
      deals: deals.map(({ isSeen, name, ...deal }) => ({ ...deal, name: isSeen ? name : null })),
    }
  })
}

/** FORECAST_ENTRY_NOT_FOUND where the actor may not read it. */
export async function readableEntry(tx: Tx, ctx: Ctx, id: string): Promise<EntryRow> {
  const entry = await findEntry(tx, ctx, id)
  if (!entry || !(await readableBy(ctx))(entry)) throw forecastErrors.FORECAST_ENTRY_NOT_FOUND()
  return entry
}

/** What moved closed + committed deals between two entries, or from one until now. */
export async function movement(ctx: Ctx, { from, to }: { readonly from: string; readonly to?: string | undefined }) {
  return inView(ctx, async (tx) => {
    const seen = await scopeOf(ctx, ctx.company.wholeCatalogue.get('opportunity'))
    const entry = await readableEntry(tx, ctx, from)
    const before = await heldDeals(tx, ctx, from, seen)
    const later = to === undefined ? undefined : await readableEntry(tx, ctx, to)
    if (later && !isOfSame(entry, later)) throw forecastErrors.FORECAST_OTHER_SUBJECT()
    const after = later ? await heldDeals(tx, ctx, later.id, seen) : await dealsOfNow(tx, ctx, entry)
    const fates = await fatesOf(tx, ctx, entry, before)
    const names = await namesOf(tx, ctx, [...before, ...after])
    return {
      from: { at: entry.at.toISOString(), landing: writeAmount(landingOf(before)) },
      to: { at: (later?.at ?? ctx.now).toISOString(), landing: writeAmount(landingOf(after)) },
      moves: movementOf(before, after, (deal) => fates.get(deal) ?? 'gone').map(({ reason, amount, deals }) => ({
        reason,
        amount: writeAmount(amount),
        deals: deals.map(({ id, amount: part }) => ({ id, name: names.get(id) ?? null, amount: writeAmount(part) })),
      })),
    }
  })
}

function isOfSame(one: EntryRow, other: EntryRow): boolean {
  const isSubject = one.personId === other.personId && (one.personId !== null || one.unitId === other.unitId)
  return isSubject && one.periodFrom === other.periodFrom && one.periodTo === other.periodTo
}

/** The deals of the entry's subject as they are now, in the entry's period. */
async function dealsOfNow(tx: Tx, ctx: Ctx, entry: EntryRow): Promise<readonly HeldShare[]> {
  const setting = await readSetting(tx, ctx)
  // The calendar may be another one since: the days of the entry count.
  const asKept = periodAsKept(ctx, { from: entry.periodFrom, to: entry.periodTo })
  const board = await readBoard(tx, ctx, asKept, setting)
  const laid = placeOf(board, entry)
  return laid ? dealsBehind(tx, ctx, board, laid, asKept) : []
}

function placeOf({ root }: Board, { personId, unitId }: EntryRow): LaidNode | undefined {
  return personId === null ? findLaid(root, unitId ?? '') : homeOf(root, personId)
}

/** Names of deals in reach. */
async function namesOf(tx: Tx, ctx: Ctx, deals: readonly HeldShare[]): Promise<ReadonlyMap<string, string>> {
  const scope = await scopeOf(ctx, ctx.company.wholeCatalogue.get('opportunity'))
  const { rows } = await sql<{ id: string; name: string }>`
    select t.id, t.name from opportunity t
    where t.company_id = ${ctx.company.id} and t.id = any(${deals.map(({ id }) => id)}::uuid[]) and ${scope}`.execute(
    tx,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

async function fatesOf(
  tx: Tx,
  ctx: Ctx,
  entry: EntryRow,
  deals: readonly HeldShare[],
): Promise<ReadonlyMap<string, Fate>> {
  const { rows } = await sql<{ id: string; fate: Fate }>`
    select t.id, case when t.deleted_at is not null then 'gone' when t.status = 'lost' then 'lost'
      when t.status = 'open' and (t.expected_on is null or t.expected_on >= ${entry.periodTo}::date) then 'moved_out'
      when t.status = 'won' and t.closed_on >= ${entry.periodTo}::date then 'moved_out' else 'gone' end as fate
    from opportunity t
    where t.company_id = ${ctx.company.id} and t.id = any(${deals.map(({ id }) => id)}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, fate }) => [id, fate]))
}

export function shownEntry(row: EntryRow): ForecastEntry {
  const { id, kind, unitId, unitName, personId, personName, by, byName, currency, note } = row
  return {
    id,
    kind,
    period: {
      key: row.periodKey,
      kind: row.periodKind,
      label: row.periodLabel,
      from: row.periodFrom,
      to: row.periodTo,
    },
    unitId,
    unitName,
    personId,
    personName,
    by,
    byName,
    at: row.at.toISOString(),
    currency,
    commit: row.commit,
    bestCase: row.bestCase,
    system: {
      closed: row.closed,
      committed: row.committedDeals,
      bestCase: row.bestDeals,
      pipeline: row.pipelineDeals,
      omitted: row.omittedDeals,
    },
    note,
  }
}

/** Where somebody said it would land: closed then + commit, and best case where asked. A statistic is made of it. */
export const landingSaid = (row: EntryRow, isBest: boolean): number =>
  Number(
    writeAmount(
      readAmount(row.closed) + readAmount(row.commit ?? '0') + (isBest ? readAmount(row.bestCase ?? '0') : 0n),
    ),
  )
