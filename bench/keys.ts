import { sql, type RawBuilder } from 'kysely'

/** What the benchmark's rows are, as it stands in their keys. */
export const kinds = {
  company: 1,
  structure: 2,
  unit: 3,
  person: 4,
  plan: 5,
  account: 6,
  deal: 7,
  order: 8,
  link: 9,
} as const

type Kind = (typeof kinds)[keyof typeof kinds]

const firstInstant = 1_735_689_600_000

/** The key of the nth row of a kind: shaped like version 7, growing with time, the same in every run. */
export function keyAt(kind: Kind, place: number): string {
  const digits = (number: number, width: number) => number.toString(16).padStart(width, '0')
  const time = digits(firstInstant + place, 12)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(kind, 3)}-8000-${digits(place, 12)}`
}

/** The same in SQL, `place` being an integer expression. */
export function keySql(kind: Kind, place: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`(lpad(to_hex(${sql.lit(firstInstant)}::bigint + (${place})), 12, '0') || '7'
    || lpad(to_hex(${sql.lit(kind)}), 3, '0') || '8000' || lpad(to_hex((${place})::bigint), 12, '0'))::uuid`
}
