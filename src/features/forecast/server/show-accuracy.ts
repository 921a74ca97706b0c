import { readAmount, writeAmount } from '#engine/metrics/metric.ts'
import type { TierNode } from '#engine/metrics/tier-tree.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { readTree } from '#platform/ledger/index.ts'
import { accuracyOf, lastWord, type PastPeriod } from '../accuracy.ts'
import { readableBy } from './entry-reach.ts'
import { entriesOfPeriod, type EntryRow } from './entry-store.ts'
import { landingSaid } from './history.ts'
import { closedMetric } from './in-sight.ts'
import { pastPeriods } from './periods.ts'
import { readSetting } from './setting-store.ts'

/** What came of what each submitter in reach said, over the newest periods that are over. */
export async function showAccuracy(ctx: Ctx, { periods: count }: { readonly periods: number }) {
  return inView(ctx, async (tx) => {
    const { periodKind } = await readSetting(tx, ctx)
    const read = await readPast(tx, ctx, pastPeriods(ctx, periodKind, count))
    const said = read.flatMap(({ entries }) => entries)
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
  const past: Past[] = []
  for (const period of periods) {
    const entries = (await entriesOfPeriod(tx, ctx, period)).filter(
      (entry) => mayRead(entry) && entry.kind !== 'withdrawal',
    )
    const closed = new Map<string, bigint>()
    if (entries.length > 0) addClosed(closed, (await readTree(tx, ctx, metric, period)).tree)
    past.push({ period, entries, closed })
  }
  return past
}

/** A mover's results are those of all places. */
function addClosed(closed: Map<string, bigint>, node: TierNode): void {
  const key = node.kind === 'person' ? node.personId : node.unitId
  if (key !== null) closed.set(key, (closed.get(key) ?? 0n) + node.numerator)
  for (const child of node.children) addClosed(closed, child)
}

function pastOf({ from, to }: Period, entries: readonly EntryRow[], closed: bigint): PastPeriod {
  return {
    from,
    to,
    closed: Number(writeAmount(closed)),
    said: entries.map((entry) => ({
      at: entry.at,
      commit: landingSaid(entry, false),
      bestCase: landingSaid(entry, true),
    })),
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
