import type { EvidenceKind } from '#engine/forecast/achievability.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { DriverBasis } from '../contract.ts'
import type { LeavesAround } from './leaves-around.ts'
import { basisOf, type Moment, type RowPast } from './row-evidence.ts'
import { written } from './written.ts'

interface Asked {
  readonly metric: Metric
  readonly leaves: LeavesAround
  readonly past: RowPast
  readonly moment: Moment
}

/** What a driver is reckoned from, month by month; null where it rests on the months of the metric alone. */
export function shownBasis(kind: EvidenceKind, { metric, leaves, past, moment }: Asked): DriverBasis | null {
  const basis = basisOf(kind, past, moment)
  if (!basis) return null
  const { behind, running } = leaves
  const isPipeline = kind === 'pipeline'
  const base = (value: number) => (isPipeline ? written(value, metric) : value.toFixed(2))
  const first = behind.length - basis.past.length
  return {
    months: basis.past.map(({ value, base: of }, at) => {
      const month = behind[first + at] ?? running
      // What was open as a month began is what was open at the end of the one before.
      const before = isPipeline ? behind[first + at - 1]?.key : undefined
      return {
        key: month.key,
        label: month.label,
        value: written(value, metric),
        base: base(of),
        baseAt: before ?? null,
      }
    }),
    ahead: base(basis.ahead.reduce((sum, of) => sum + of, 0)),
  }
}
