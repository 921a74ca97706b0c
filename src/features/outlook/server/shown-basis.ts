import type { EvidenceKind } from '#engine/forecast/achievability.ts'
import { yieldedBy } from '#engine/forecast/evidence.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { DriverBasis } from '../contract.ts'
import type { LeavesAround } from './leaves-around.ts'
import { capacityBasis, type Moment, type RowPast } from './row-evidence.ts'
import { written } from './written.ts'

interface Asked {
  readonly metric: Metric
  readonly leaves: LeavesAround
  readonly past: RowPast
  readonly moment: Moment
}

/** What capacity is reckoned from, month by month; null where a driver rests on something else. */
export function shownBasis(kind: EvidenceKind, { metric, leaves, past, moment }: Asked): DriverBasis | null {
  const basis = kind === 'capacity' ? capacityBasis(past, moment) : null
  if (!basis) return null
  const { behind, running } = leaves
  const heads = (value: number) => value.toFixed(2)
  const first = behind.length - basis.past.length
  return {
    each: written(yieldedBy(basis.past), metric),
    months: basis.past.map(({ value, base }, at) => {
      const { key, label } = behind[first + at] ?? running
      return { key, label, value: written(value, metric), base: heads(base) }
    }),
    ahead: heads(basis.ahead.reduce((sum, of) => sum + of, 0)),
  }
}
