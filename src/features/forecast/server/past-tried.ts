import { setImmediate } from 'node:timers/promises'
import { addDays, daysBetween, type Day } from '#engine/calendar/day.ts'
import type { Period } from '#engine/calendar/period.ts'
import { isTried, tryRest, type Judged } from '#engine/forecast-deals/back-test.ts'
import { standsOn, type DealStory } from '#engine/forecast-deals/deal.ts'
import type { Experience } from '#engine/forecast-deals/experience.ts'
import { restWith, type Pace } from '#engine/forecast-deals/forecast.ts'
import { addDeal, broughtBy, noSums, sumsTogether, weigh, type OpenSums } from '#engine/forecast-deals/open-sums.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { OrgShape } from '#engine/metrics/tier-tree.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { defaultStructure, orgShape } from '#platform/ledger/index.ts'
import { nodeIdOf } from '#features/targets/server/index.ts'
import { keepingBy } from './kept-answers.ts'
import type { Learned } from './learned.ts'
import { momentsLike, type Moment } from './moments.ts'
import { everything, figuresByRow, type RowKey } from './row-key.ts'
import { eachStory } from './story-store.ts'
import { yearBefore } from './year-before.ts'

/** How the forecast of deals would have done in past periods with as many days left as now. */
export interface PastTried {
  /** Of rows together, the oldest period first; periods of which too little was known by then are left out. */
  of(rows: readonly RowKey[]): readonly Judged[]
}

interface Asked {
  readonly learned: Learned
  readonly metric: Metric
  readonly period: Period
}

/** In numbers: some hundred of each row of a company. */
const keepPasts = keepingBy<PastTried & { readonly size: number }>({ most: 3_000_000, sizeOf: ({ size }) => size })

/**
 * One pass over all the company's deals and its ledger serves every row, however small. It is kept as long as the past
 * is the same: that of the deals by their mark, that of the tiers by their version, and what was won by the figures of
 * the whole time until yesterday.
 */
export async function pastTried(tx: Tx, ctx: Ctx, asked: Asked): Promise<PastTried> {
  const { learned, metric, period } = asked
  const moments = momentsLike(ctx, period)
  const whole = { from: addDays(moments[0]?.on ?? ctx.today, -364), to: ctx.today }
  const figures = await figuresByRow(tx, ctx, metric, whole)
  const question = JSON.stringify([moments, ctx.company.orgVersion, [...figures]])
  return keepPasts(learned.of, question, () => readPast(tx, ctx, asked, moments))
}

/** What was known of a row on a day of the past, and what came; null: the row was not there. */
interface KnownRow {
  readonly open: OpenSums
  readonly closed: number | null
  readonly actual: number | null
  readonly year: number | null
}

interface Known extends Moment {
  readonly experience: Experience
  readonly daysOfYear: number
  readonly rows: ReadonlyMap<RowKey, KnownRow>
}

async function readPast(tx: Tx, ctx: Ctx, asked: Asked, moments: readonly Moment[]) {
  const { learned, metric } = asked
  const first = await learned.firstWin()
  const open = await openSums(tx, ctx, asked, moments)
  const known: Known[] = []
  for (const { period, on, experience, sums } of open) {
    const year = yearBefore(on, first)
    const until = { from: period.from, to: addDays(on, 1) }
    const closed = on < period.from ? undefined : await figuresByRow(tx, ctx, metric, until)
    const actual = await figuresByRow(tx, ctx, metric, period)
    const ofYear = await figuresByRow(tx, ctx, metric, year)
    const keys = new Set([...sums.keys(), ...actual.keys(), ...ofYear.keys()])
    const rows = [...keys].map((key): [RowKey, KnownRow] => {
      const figures = {
        closed: closed?.get(key) ?? null,
        actual: actual.get(key) ?? null,
        year: ofYear.get(key) ?? null,
      }
      return [key, { open: sums.get(key) ?? noSums(), ...figures }]
    })
    known.push({ period, on, experience, daysOfYear: daysBetween(year.from, year.to), rows: new Map(rows) })
    // Others are served between one period and the next.
    await setImmediate()
  }
  const tried = new Map<RowKey, readonly Judged[]>()
  const size = known.flatMap(({ rows }) => [...rows.values()]).reduce((sum, row) => sum + sizeOfRow(row), 1)
  return {
    size,
    of: (rows: readonly RowKey[]) => {
      const distinct = [...new Set(rows)]
      const [only, ...others] = distinct
      // Combinations are not kept: there are too many that may be asked for.
      if (only === undefined || others.length > 0) return tryAll(distinct, known)
      const found = tried.get(only) ?? tryAll(distinct, known)
      tried.set(only, found)
      return found
    },
  }
}

/** With what it says once it was tried. */
const sizeOfRow = ({ open }: KnownRow) => 16 + open.mistaken.size

type RowsOf = ReadonlyMap<string, readonly RowKey[]>

interface OpenThen extends Moment {
  readonly experience: Experience
  readonly sums: ReadonlyMap<RowKey, OpenSums>
}

/** What was open at every row on days of the past, by what was known then; days of which too little was known are left out. */
async function openSums(
  tx: Tx,
  ctx: Ctx,
  { learned }: Asked,
  moments: readonly Moment[],
): Promise<readonly OpenThen[]> {
  const [since, known] = [moments[0]?.on ?? learned.until, learned.until]
  const shape = await orgShape(tx, ctx, await defaultStructure(tx, ctx), { from: since, to: ctx.today })
  const cells = new Map<string, string>()
  const then: (OpenThen & { readonly sums: Map<RowKey, OpenSums>; readonly rowsOf: RowsOf })[] = []
  for (const { period, on } of moments) {
    const experience = await learned.on(on, period)
    if (!experience?.isGrounded) continue
    const sums = new Map<RowKey, OpenSums>([[everything, noSums()]])
    then.push({ period, on, experience, sums, rowsOf: rowsByPerson(shape, on) })
  }
  if (then.length === 0) return []
  await eachStory(tx, ctx, { since, known }, (story) => {
    for (const { on, experience, sums, rowsOf } of then) {
      const deal = standsOn(story, on)
      if (!deal) continue
      const weighed = weigh(deal, experience)
      const mistaken = weighed.mistaken.map(({ cell, off }) => ({ cell: sameText(cells, cell), off }))
      for (const [row, part] of partsOf(story, rowsOf)) {
        const found = sums.get(row) ?? noSums()
        sums.set(row, found)
        addDeal(found, { ...weighed, mistaken }, part)
      }
    }
  })
  return then
}

/** One text in place of many equal ones: thousands of rows name the same few cells. */
function sameText(known: Map<string, string>, text: string): string {
  const found = known.get(text)
  if (found !== undefined) return found
  known.set(text, text)
  return text
}

/** The part of a deal that each row has in it: at a unit those of all its people together. */
function partsOf({ shares }: DealStory, rowsOf: RowsOf): ReadonlyMap<RowKey, number> {
  const parts = new Map<RowKey, number>()
  for (const { person, share } of shares) {
    for (const row of [everything, ...(rowsOf.get(person) ?? [])]) parts.set(row, (parts.get(row) ?? 0) + share)
  }
  return parts
}

function tryAll(asked: readonly RowKey[], known: readonly Known[]): readonly Judged[] {
  const trials: Judged[] = []
  for (const { period, on, experience, daysOfYear, rows } of known) {
    const there = asked.flatMap((row) => rows.get(row) ?? [])
    const actual = sumOf(there.map((row) => row.actual))
    if (actual === null) continue
    const pace = paceOf(sumOf(there.map((row) => row.year)), daysOfYear)
    const closed = sumOf(there.map((row) => row.closed)) ?? 0
    const open = broughtBy(sumsTogether(there.map((row) => row.open)))
    const rest = restWith({ period, on, experience, closed, pace }, open)
    const trial = tryRest({ key: period.key, period, on, actual, rest }, trials)
    if (isTried(trial)) trials.push(trial)
  }
  return trials
}

/** Null where none of the rows was there. */
function sumOf(figures: readonly (number | null)[]): number | null {
  const there = figures.filter((figure) => figure !== null)
  return there.length === 0 ? null : there.reduce((sum, figure) => sum + figure, 0)
}

/** The rows of each person on a day of the shape: the units above, each once, and its own in its unit. */
function rowsByPerson({ stretches, stays }: OrgShape, day: Day): RowsOf {
  const stretch = stretches.find(({ from, to }) => from <= day && day < to)
  const found = new Map<string, Set<RowKey>>()
  for (const { personId, unitId, from, to } of stays) {
    const path = stretch?.paths.get(unitId)
    if (!path || from > day || to <= day) continue
    const rows = found.get(personId) ?? new Set()
    for (const unit of path) rows.add(unit)
    found.set(personId, rows.add(nodeIdOf({ unitId, personId })))
  }
  return new Map([...found].map(([person, rows]) => [person, [...rows]]))
}

export function paceOf(sum: number | null, days: number): Pace {
  return { perDay: Math.max(0, sum ?? 0) / days, days }
}
