import { carries, ramped } from './weights.ts'
import type { Standing, Standings } from './weights.ts'

/** A row as far as weights need it. Rows come parents before children. */
export interface StandingRow {
  readonly id: string
  readonly kind: 'unit' | 'person'
  readonly parentId: string | null
  readonly isHead: boolean
}

export interface RowFacts {
  /** Percent-days by month. */
  readonly days: readonly bigint[]
  /** Months since joining, by month; null: always there. */
  readonly since: readonly (number | null)[]
}

export interface StandingRules {
  readonly headsCarry: boolean
  readonly ramp: readonly bigint[]
  /** How many leaf periods the year has. */
  readonly width: number
}

/** Adds people up to their units, so that every row knows who stood in it and what was achieved there. */
export function standingsOf(
  rows: readonly StandingRow[],
  presence: ReadonlyMap<string, RowFacts>,
  actual: ReadonlyMap<string, readonly bigint[]>,
  rules: StandingRules,
): Standings {
  const nothing = Array.from({ length: rules.width }, () => 0n)
  const withUnits = new Set(rows.flatMap((row) => (row.kind === 'unit' && row.parentId !== null ? [row.parentId] : [])))
  const standings = new Map<string, Standing & { presence: bigint[]; actual: bigint[] }>()
  for (const row of rows) {
    const facts = presence.get(row.id)
    const since = (facts?.since ?? []).map((months) => months ?? rules.ramp.length)
    const days = facts ? ramped(facts.days, since, rules.ramp) : nothing
    standings.set(row.id, {
      kind: row.kind,
      isHead: row.isHead,
      besideUnits: row.kind === 'person' && withUnits.has(row.parentId ?? ''),
      presence: [...days],
      actual: nothing.map((zero, month) => atLeast(zero, actual.get(row.id)?.[month] ?? zero)),
    })
  }
  for (const row of rows.toReversed()) {
    const own = standings.get(row.id)
    const above = row.parentId === null ? undefined : standings.get(row.parentId)
    if (!own || !above) continue
    const counts = carries(own, rules.headsCarry)
    own.presence.forEach(
      (days, month) => (above.presence[month] = (above.presence[month] ?? 0n) + (counts ? days : 0n)),
    )
    own.actual.forEach((value, month) => (above.actual[month] = (above.actual[month] ?? 0n) + value))
  }
  return standings
}

function atLeast(least: bigint, value: bigint): bigint {
  return value > least ? value : least
}
