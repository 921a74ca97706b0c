import type { FieldFault } from '#base/errors.ts'
import { checkOwnMetric } from '#engine/metrics/check-own-metric.ts'
import { metricOf } from '#engine/metrics/metrics-with.ts'
import { takesField, type Names, type OwnMetricDefinition } from '#engine/metrics/own-metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { holdStill, lackedRate } from '#platform/ledger/index.ts'
import { inRole, shapeIn } from '#platform/records/company-shape.ts'
import { openShape } from '#platform/records/shape-store.ts'
import type { OwnMetricDraft } from '../contract.ts'
import { metricErrors } from '../errors.ts'
import { namesOf } from './names-of.ts'

const words = {
  taken: { zh: '已有指标叫“{name}”', en: 'There is already a metric called “{name}”' },
  rate: {
    zh: '{day} 的 {currency} 金额没有可用的汇率，请先补上汇率',
    en: 'Amounts in {currency} of {day} have no rate; add one first',
  },
} as const

/**
 * No record of the company is saved until the step ends, and whoever saves afterwards writes the ledger by the metrics
 * that it leaves. Answers the step with the company as it is now.
 */
export async function openMetrics(step: Step): Promise<Step> {
  await holdStill(step)
  await openShape(step)
  const { actor, company } = step.ctx
  const shape = await shapeIn(step.tx)
  return { ...step, ctx: { ...step.ctx, company: { ...company, ...shape, ...inRole(shape, actor.role) } } }
}

export interface Defined {
  readonly definition: OwnMetricDefinition
  readonly names: Names
}

/**
 * The draft as it is kept, with what its filters name, or METRIC_REFUSED naming what does not hold. `key`: the metric that
 * it changes. Asked before the company is held still: who holds it must not wait for a connection, which those who wait
 * for the company may hold.
 */
export async function defineMetric(ctx: Ctx, draft: OwnMetricDraft, key?: string): Promise<Defined> {
  const definition = toDefinition(draft)
  refuseUnfit(ctx, definition, key)
  return { definition, names: await namesOf(ctx, definition) }
}

/** METRIC_REFUSED where the definition does not hold in the company as the step found it. */
export async function refuseUnkept({ ctx, tx }: Step, definition: OwnMetricDefinition, key?: string): Promise<void> {
  refuseUnfit(ctx, definition, key)
  await refuseUnvalued(tx, ctx, definition)
}

function refuseUnfit(ctx: Ctx, definition: OwnMetricDefinition, key?: string): void {
  const faults = [
    ...takenFaults(ctx, definition, key),
    ...checkOwnMetric(definition, ctx.company.wholeCatalogue, { metrics: ctx.company.metrics, key }),
  ]
  if (faults.length > 0) throw metricErrors.METRIC_REFUSED({}, faults)
}

/** What does not belong to the aggregate is left out; an English name that is missing is the Chinese one. */
export function toDefinition(draft: OwnMetricDraft): OwnMetricDefinition {
  const label = bothNames(draft.label)
  if (draft.aggregate === 'ratio') return { ...draft, label }
  const { field, countsIf, when, credit, ...rest } = draft
  const isMeasured = takesField(rest.aggregate)
  return {
    ...rest,
    label,
    ...(isMeasured && field !== undefined ? { field } : {}),
    ...(rest.aggregate === 'share' && countsIf ? { countsIf } : {}),
    ...(when ? { when } : {}),
    ...(credit ? { credit } : {}),
  }
}

function bothNames({ zh, en }: OwnMetricDraft['label']): OwnMetricDraft['label'] {
  return { zh: zh.trim() || en.trim(), en: en.trim() || zh.trim() }
}

function takenFaults({ company }: Ctx, { label }: OwnMetricDefinition, key?: string): readonly FieldFault[] {
  const isTaken = company.metrics
    .all()
    .some((other) => other.key !== key && (other.label.zh === label.zh || other.label.en === label.en))
  return isTaken ? [{ field: 'label', code: 'taken', label: words.taken, params: { name: label.zh } }] : []
}

/** The ledger values amounts in the base currency: all of them must have a rate on their day. */
export async function refuseUnvalued(tx: Tx, ctx: Ctx, definition: OwnMetricDefinition): Promise<void> {
  const metric = metricOf(
    { key: '', version: 1, definition, names: {} },
    ctx.company.wholeCatalogue,
    ctx.company.metrics,
  )
  const lacked = await lackedRate(tx, ctx, metric)
  if (lacked) {
    throw metricErrors.METRIC_REFUSED({}, [{ field: 'field', code: 'rate', label: words.rate, params: { ...lacked } }])
  }
}
