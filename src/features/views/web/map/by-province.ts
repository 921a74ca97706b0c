import { sumOf } from '#engine/money/decimal.ts'
import type { Filter } from '#engine/query/filter.ts'
import { regions } from '#engine/region/regions.ts'
import type { ScreenField } from '#features/objects/web/index.tsx'

interface Group {
  readonly value: string | null
  readonly count: number
  readonly sums: Readonly<Record<string, string>>
}

/** What the records of a province come to. */
export interface ProvinceFigure {
  /** Two digits; undefined for records that name no province of China. */
  readonly code: string | undefined
  /** The values of the field that mean this province: 四川, 四川省. */
  readonly values: readonly string[]
  readonly count: number
  readonly sum: string
}

/** The province that a text or the code of a region lies in. */
export function provinceOf(value: string | null): string | undefined {
  const code = value === null ? undefined : regions.read(value)
  return code !== undefined && /^\d{2}/.test(code) ? code.slice(0, 2) : undefined
}

/** Gathers groups of values by province, the largest first; what lies on no map comes last. */
export function byProvince(groups: readonly Group[], sum: string | undefined): readonly ProvinceFigure[] {
  const gathered = [...Map.groupBy(groups, ({ value }) => provinceOf(value))].map(([code, some]): ProvinceFigure => ({
    code,
    values: some.flatMap(({ value }) => value ?? []),
    count: some.reduce((count, one) => count + one.count, 0),
    sum: sum === undefined ? '0' : sumOf(some.map(({ sums }) => sums[sum] ?? '0')),
  }))
  const size = (one: ProvinceFigure) => (sum === undefined ? one.count : Number(one.sum))
  return gathered.toSorted(
    (one, other) => Number(one.code === undefined) - Number(other.code === undefined) || size(other) - size(one),
  )
}

/** The records that a figure counts. */
export function filterOfProvince(field: ScreenField, { code, values }: ProvinceFigure): Filter {
  if (code !== undefined && field.type === 'region') return { field: field.key, op: 'within', value: { region: code } }
  const named: Filter = { field: field.key, op: 'in', value: [...values] }
  const empty: Filter = { field: field.key, op: 'empty' }
  if (code !== undefined) return named
  return values.length > 0 ? { or: [named, empty] } : empty
}
