import { fromUnits, toUnits } from '#engine/money/units.ts'
import type { Metric } from './metric.ts'

/** sum: children make their parent. same: a rate, handed down as it is. apart: a distinct count; each row has its own. */
export const nodeRules = ['sum', 'same', 'apart'] as const
/** What the periods of a row make of the quarter and the year. */
export const periodRules = ['sum', 'last', 'average', 'largest'] as const

export type NodeRule = (typeof nodeRules)[number]
export type PeriodRule = (typeof periodRules)[number]

/** How the targets of a metric belong together over the tree and over periods, and which way is better. */
export interface PlanRule {
  readonly nodes: NodeRule
  readonly periods: PeriodRule
  readonly better: Metric['better']
  /** The most that a target can be, as a decimal; none where nothing bounds it. See `greatestOf`. */
  readonly most?: string | undefined
}

/** What most metrics have: everything adds up, and more is better. */
export const summing: PlanRule = { nodes: 'sum', periods: 'sum', better: 'higher' }

/** Whether what is proposed from below makes the total: over the tree and over the year. */
export function addsUp({ nodes, periods }: PlanRule): boolean {
  return nodes === 'sum' && periods === 'sum'
}

/**
 * How a metric is planned; null for what nobody can plan (the lowest or highest of values, what is told from outside).
 *
 * - flow: adds up over children and periods.
 * - stock: adds up over children; a quarter or year is its last period.
 * - rate: the same rate may hold at every node, so nothing adds up; a quarter or year is the plain average of its periods.
 * - distinct count: the same customer may count at several nodes and in several periods. Of a union is known that it holds
 *   at least its largest part and at most all parts together: where more is better, a quarter or year asks for its
 *   largest period; where less is better, for no more than all its periods. So whoever reaches every period reaches
 *   the year.
 */
export function planRuleOf({ kind, better }: Pick<Metric, 'kind' | 'better'>): PlanRule | null {
  switch (kind) {
    case 'flow':
      return { nodes: 'sum', periods: 'sum', better }
    case 'stock':
      return { nodes: 'sum', periods: 'last', better }
    case 'ratio':
      return { nodes: 'same', periods: 'average', better }
    case 'distinct':
      return { nodes: 'apart', periods: better === 'higher' ? 'largest' : 'sum', better }
    case 'lowest':
    case 'highest':
    case 'given':
      return null
  }
}

/** What periods make together, in whole counts; an average is rounded half up. Nothing over no periods. */
export function overPeriods(counts: readonly bigint[], rule: PeriodRule): bigint {
  const sum = () => counts.reduce((total, count) => total + count, 0n)
  switch (rule) {
    case 'sum':
      return sum()
    case 'last':
      return counts.at(-1) ?? 0n
    case 'largest':
      return counts.reduce((most, count) => (count > most ? count : most), 0n)
    case 'average': {
      const width = BigInt(Math.max(counts.length, 1))
      return (2n * sum() + width) / (2n * width)
    }
  }
}

/** What a plan counts in, and how its cells belong together. */
export interface Counting {
  readonly unit: string
  readonly rule: PlanRule
}

/** The same for decimal strings, as they travel. */
export function periodsTogether(periods: readonly string[], { unit, rule }: Counting): string {
  return fromUnits(
    overPeriods(
      periods.map((value) => toUnits(value, unit)),
      rule.periods,
    ),
    unit,
  )
}
