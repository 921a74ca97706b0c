import { sql } from 'kysely'
import { readAmount, writeAmount, type Metric } from '#engine/metrics/metric.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { defaultStructure, readTree, rolledUp } from '#platform/ledger/index.ts'
import { accuracyOf, wordsOf, type PastPeriod, type SaidOnce } from '../accuracy.ts'
import { judgedBy, readableBy } from './entry-reach.ts'
import { entriesOfPeriod, periodsSaid, type EntryRow, type KeptPeriod } from './entry-store.ts'
import { landingSaid } from './history.ts'
import { inCents } from './in-cents.ts'
import { closedMetric } from './in-sight.ts'

/**
 * What came of what each submitter in reach said, over the newest periods that are over, as they were kept: another rhythm
 * or calendar since forgets nothing. A person's word is held against what the person closed wherever she stood: a promise
 * does not change with the unit.
 */
export async function showAccuracy(ctx: Ctx, { periods: count }: { readonly periods: number }) {
  return inView(ctx, async (tx) => {
    const read = await readPast(tx, ctx, await periodsSaid(tx, ctx, count))
    const said = read.flatMap(({ entries }) => entries.filter(({ kind }) => kind !== 'withdrawal'))
    const submitters = [...new Map(said.map((entry) => [submitterOf(entry), entry]))].map(([key, entry]) => {
      const spoken = read.flatMap(({ period, entries, closed }) => {
        const own = entries.filter((one) => submitterOf(one) === key)
        const last = own.at(-1)
        if (!last) return []
        return [{ period, last, past: pastOf(period, own, closed.get(subjectOf(entry)) ?? 0n) }]
      })
      return {
        personId: entry.by,
        name: entry.byName,
        subject: entry.personName ?? entry.unitName ?? '',
        isOwn: entry.kind === 'submission',
        marks: accuracyOf(
          spoken.map(({ past }) => past),
          ctx.company.zone,
        ),
        periods: spoken.map(({ period, last, past }) => ({
          period,
          closed: inCents(past.closed),
          entry: last.id,
          words: shownWords(wordsOf(past, ctx.company.zone)),
        })),
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
  readonly period: KeptPeriod
  readonly entries: readonly EntryRow[]
  /** By person, and by unit. */
  readonly closed: ReadonlyMap<string, bigint>
}

async function readPast(tx: Tx, ctx: Ctx, periods: readonly KeptPeriod[]): Promise<readonly Past[]> {
  const metric = closedMetric(ctx)
  const [mayRead, isJudged] = [await readableBy(ctx), await judgedBy(ctx)]
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
  readonly period: KeptPeriod
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

function pastOf({ from, to }: KeptPeriod, entries: readonly EntryRow[], closed: bigint): PastPeriod {
  return {
    from,
    to,
    closed: Number(writeAmount(closed)),
    said: entries.map((entry) =>
      entry.kind === 'withdrawal'
        ? { at: entry.at, isTakenBack: true }
        : { entry: entry.id, at: entry.at, commit: landingSaid(entry, false), bestCase: landingSaid(entry, true) },
    ),
  }
}

function shownWords(words: ReturnType<typeof wordsOf>) {
  const shown = (word: SaidOnce | undefined) =>
    word
      ? { entry: word.entry, at: word.at.toISOString(), commit: inCents(word.commit), bestCase: inCents(word.bestCase) }
      : null
  return { begin: shown(words.begin), t90: shown(words.t90), t30: shown(words.t30), t7: shown(words.t7) }
}
