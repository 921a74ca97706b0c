import { sql } from 'kysely'
import { readAmount, writeAmount, type Metric } from '#engine/metrics/metric.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { defaultStructure, figureReach, readTree, rolledUp } from '#platform/ledger/index.ts'
import { orgView } from '#platform/records/reach.ts'
import { accuracyOf, lastWord, type PastPeriod } from '../accuracy.ts'
import { readableBy } from './entry-reach.ts'
import { entriesOfPeriod, type EntryRow } from './entry-store.ts'
import { landingSaid } from './history.ts'
import { closedMetric } from './in-sight.ts'
import { pastPeriods } from './periods.ts'
import { readSetting } from './setting-store.ts'

/**
 * What came of what each submitter in reach said, over the newest periods that are over. A person's word is held against
 * what the person closed wherever she stood: a promise does not change with the unit.
 */
export async function showAccuracy(ctx: Ctx, { periods: count }: { readonly periods: number }) {
  return inView(ctx, async (tx) => {
    const { periodKind } = await readSetting(tx, ctx)
    const read = await readPast(tx, ctx, pastPeriods(ctx, periodKind, count))
    const said = read.flatMap(({ entries }) => entries.filter(({ kind }) => kind !== 'withdrawal'))
    const submitters = [...new Map(said.map((entry) => [submitterOf(entry), entry]))].map(([key, entry]) => {
      const past = read.map(({ period, entries, closed }) => ({
        period,
        past: pastOf(
          period,
          entries.filter((one) => submitterOf(one) === key),
          closed.get(subjectOf(entry)) ?? 0n,
        ),
      }))
      const periods = past.map((one) => one.past)
      return {
        personId: entry.by,
        name: entry.byName,
        subject: entry.personName ?? entry.unitName ?? '',
        isOwn: entry.kind === 'submission',
        marks: accuracyOf(periods, ctx.company.zone),
        trend: past.map((one) => trendOf(ctx, one.period, one.past)),
      }
    })
    return {
      submitters: submitters.toSorted(
        (one, other) => Number(other.isOwn) - Number(one.isOwn) || one.name.localeCompare(other.name, 'zh'),
      ),
    }
  })
}

const subjectOf = ({ personId, unitId }: EntryRow) => personId ?? unitId ?? ''
const submitterOf = (entry: EntryRow) => `${entry.by} ${subjectOf(entry)} ${entry.kind === 'submission'}`

interface Past {
  readonly period: Period
  readonly entries: readonly EntryRow[]
  /** By person, and by unit. */
  readonly closed: ReadonlyMap<string, bigint>
}

async function readPast(tx: Tx, ctx: Ctx, periods: readonly Period[]): Promise<readonly Past[]> {
  const metric = closedMetric(ctx)
  const mayRead = await readableBy(ctx)
  const reach = await orgView().reach(ctx, figureReach(ctx, metric))
  // Of somebody who has moved on, results elsewhere are not the reader's: such words are not judged here.
  const isJudged = ({ personId }: EntryRow) => personId === null || reach === 'everything' || reach.includes(personId)
  const past: Past[] = []
  for (const period of periods) {
    const entries = (await entriesOfPeriod(tx, ctx, period)).filter((entry) => mayRead(entry) && isJudged(entry))
    const people = [...new Set(entries.flatMap(({ personId }) => personId ?? []))]
    const closed = new Map(people.length > 0 ? await closedBy(tx, ctx, { metric, period, people }) : [])
    if (entries.some(({ personId }) => personId === null)) {
      addClosed(closed, (await readTree(tx, ctx, metric, period)).tree)
    }
    past.push({ period, entries, closed })
  }
  return past
}

interface ClosedAsked {
  readonly metric: Metric
  readonly period: Period
  readonly people: readonly string[]
}

/** What people closed in a period, in whatever units they stood. */
async function closedBy(
  tx: Tx,
  ctx: Ctx,
  { metric, period, people }: ClosedAsked,
): Promise<readonly (readonly [string, bigint])[]> {
  const rolled = { ctx, metric, structureId: await defaultStructure(tx, ctx) }
  const { rows } = await sql<{ person: string; amount: string }>`
    select person_id as person, sum(numerator)::text as amount
    from (${rolledUp(rolled, period, sql`person_id = any(${people}::uuid[])`)}) b group by 1`.execute(tx)
  return rows.map(({ person, amount }) => [person, readAmount(amount)] as const)
}

/** What units closed as the reader sees them. */
function addClosed(closed: Map<string, bigint>, node: TierNode): void {
  if (node.unitId !== null && node.kind === 'unit')
    closed.set(node.unitId, (closed.get(node.unitId) ?? 0n) + node.numerator)
  for (const child of node.children) addClosed(closed, child)
}

function pastOf({ from, to }: Period, entries: readonly EntryRow[], closed: bigint): PastPeriod {
  return {
    from,
    to,
    closed: Number(writeAmount(closed)),
    said: entries.map((entry) =>
      entry.kind === 'withdrawal'
        ? { at: entry.at, isTakenBack: true }
        : { at: entry.at, commit: landingSaid(entry, false), bestCase: landingSaid(entry, true) },
    ),
  }
}

function trendOf(ctx: Ctx, { key, label }: Period, past: PastPeriod) {
  const word = lastWord(past, 't30', ctx.company.zone)
  return {
    period: key,
    label,
    commit: word ? inCents(word.commit) : null,
    bestCase: word ? inCents(word.bestCase) : null,
    closed: inCents(past.closed),
  }
}

/** A statistic as it goes over the wire: rounded to the cent. */
export function inCents(value: number): string {
  return writeAmount(readAmount(value.toFixed(2)))
}
