import type { Label } from '#base/label.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { PeriodRule } from '#engine/metrics/plan-rule.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { leavesOf } from './plan-year.ts'

export interface LearnedLeaves {
  /** One for each leaf period of the year, in its order. */
  readonly spans: readonly Period[]
  /** Says which of them are of an earlier year; null where the whole year is over. */
  readonly note: Label | null
}

/** How many years back the same period is looked for. */
const yearsBack = 3

/**
 * The leaf periods by whose results a plan is made from a year. What of it is not over has brought nothing or a part only:
 * the same period of the last year in which it is over stands in, so that the last complete twelve months count. A stock
 * stays at the level of the last period that is over.
 */
export function leavesToLearnFrom(ctx: Ctx, year: number, periods: PeriodRule): LearnedLeaves {
  const own = leavesOf(ctx, year)
  const level = periods === 'last' ? own.findLast((leaf) => leaf.to <= ctx.today) : undefined
  const spans = own.map((leaf, at) => (leaf.to <= ctx.today ? leaf : (level ?? lastComplete(ctx, year, at) ?? leaf)))
  const open = own.filter((leaf, at) => spans[at] !== leaf)
  return {
    spans,
    note:
      open.length === 0
        ? null
        : standIn(
            open,
            spans.filter((span) => !own.includes(span)),
          ),
  }
}

function lastComplete(ctx: Ctx, year: number, at: number): Period | undefined {
  for (let before = 1; before <= yearsBack; before += 1) {
    const leaf = leavesOf(ctx, year - before)[at]
    if (leaf && leaf.to <= ctx.today) return leaf
  }
  return undefined
}

function standIn(open: readonly Period[], taken: readonly Period[]): Label {
  const named = (of: readonly Period[], language: 'zh' | 'en') => {
    const [first, last] = [of[0], of.at(-1)]
    const text = first?.label[language] ?? ''
    return last && last !== first ? `${text} – ${last.label[language]}` : text
  }
  return {
    zh: `${named(open, 'zh')}还没有结束，改按${named(taken, 'zh')}的实际业绩`,
    en: `${named(open, 'en')} is not over yet: the results of ${named(taken, 'en')} stand in`,
  }
}
