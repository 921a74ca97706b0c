import type { Metric } from '#engine/metrics/metric.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { AttainmentNode } from '#features/targets/contract.ts'
import type { NumberUnit } from '#web/kit/number-text.ts'

/** The figure that is taken apart, and the ways down from it. */
export interface AnalysedFigure {
  readonly node: AttainmentNode
  readonly metric: {
    readonly key: string
    readonly kind: Metric['kind']
    readonly unit: NumberUnit
    readonly better: Metric['better']
  }
  readonly currency: string
  readonly period: Period
  readonly onGo: (node: AttainmentNode) => void
  readonly onRecords: (node: AttainmentNode) => void
}
