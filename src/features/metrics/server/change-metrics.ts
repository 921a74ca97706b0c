import type { FieldFault } from '#base/errors.ts'
import type { Language } from '#base/label.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { builtOn } from '#engine/metrics/metrics.ts'
import { bringsTheSame, isQuotient, type OwnMetricDefinition } from '#engine/metrics/own-metric.ts'
import { kindOf } from '#engine/metrics/metrics-with.ts'
import { freeKey } from '#features/shaping/server/index.ts'
import { plannedYears } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import {
  askToClear,
  askToFill,
  growVersion,
  insertOwnMetric,
  keepVersion,
  ownMetricKeys,
  ownMetrics,
  writeOwnMetric,
  type OwnMetricRow,
} from '#platform/ledger/index.ts'
import type { OwnMetricDraft } from '../contract.ts'
import { metricChanged, metricErrors } from '../errors.ts'
import { defineMetric, openMetrics, refuseUnkept } from './define-metric.ts'

const words = {
  stays: { zh: '指标的对象不能修改；请新建指标', en: 'The object of a metric stays; make another metric instead' },
  planned: {
    zh: '{years} 财年有这个指标的目标计划，算法、单位和方向不能这样改',
    en: 'There are plans of this metric for fiscal {years}: unit, direction and the way it adds up stay',
  },
} as const

/** Makes a metric of the company's own; the records that are there are counted by a job. Answers its key. */
export async function createMetric(ctx: Ctx, draft: OwnMetricDraft): Promise<{ key: string }> {
  const defined = await defineMetric(ctx, draft)
  return act(ctx, 'create', async (step) => {
    await refuseUnkept(step, defined.definition)
    const taken = [...(await ownMetricKeys(step.tx)), ...step.ctx.company.metrics.all().map((metric) => metric.key)]
    const [id, key] = [newId(), freeKey(defined.definition.label, 'metric', new Set(taken))]
    await insertOwnMetric(step, { id, key, ...defined })
    await askToFill(step, key)
    tell(step, 'created', { id, key }, { before: null, after: defined.definition })
    return { key }
  })
}

/** Changes a metric; where other rows follow from it, it has a new version and is filled anew. */
export async function changeMetric(
  ctx: Ctx,
  key: string,
  draft: OwnMetricDraft,
): Promise<{ key: string; version: number }> {
  const defined = await defineMetric(ctx, draft, key)
  return act(ctx, 'change', async (step) => {
    const known = await metricNamed(step, key)
    refuseOther(known.definition, defined.definition)
    await refuseUnkept(step, defined.definition, key)
    await refuseIfPlanned(step, known, defined.definition)
    const isSame =
      step.ctx.company.metrics.find(key) !== undefined && bringsTheSame(known.definition, defined.definition)
    if (!isSame) await keepVersion(step, key)
    await writeOwnMetric(step, key, defined)
    if (!isSame) {
      await growVersion(step, key)
      await askToFill(step, key)
      await growBuiltOn(step, key)
    }
    tell(step, 'updated', known, { before: known.definition, after: defined.definition })
    return { key, version: isSame ? known.version : known.version + 1 }
  })
}

/** What is worked out from a metric that counts otherwise has a new version too: its figures are others from here on. */
async function growBuiltOn(step: Step, key: string): Promise<void> {
  for (const user of builtOn(key, step.ctx.company.metrics)) {
    await keepVersion(step, user.key)
    await growVersion(step, user.key)
  }
}

/** Deletes a metric; its rows are removed by a job. Throws METRIC_PLANNED where it has targets. */
export async function deleteMetric(ctx: Ctx, key: string): Promise<void> {
  await act(ctx, 'delete', async (step) => {
    const known = await metricNamed(step, key)
    const years = await plannedYears(step.tx, step.ctx, key)
    if (years.length > 0) throw metricErrors.METRIC_PLANNED({ years: listed(years) })
    const users = builtOn(key, step.ctx.company.metrics)
    if (users.length > 0) throw metricErrors.METRIC_USED(namesOfMetrics(users))
    await askToClear(step, key)
    tell(step, 'deleted', known, { before: known.definition, after: null })
  })
}

/** Counts all records of a metric again, where that failed. */
export async function refillMetric(ctx: Ctx, key: string): Promise<{ key: string }> {
  return act(ctx, 'refill', async (step) => {
    await metricNamed(step, key)
    await askToFill(step, key)
    return { key }
  })
}

function act<T>(ctx: Ctx, kind: string, change: (step: Step) => Promise<T>): Promise<T> {
  return inStep(ctx, async (step) => change(await openMetrics(step)), { kind: `metric.${kind}` })
}

async function metricNamed(step: Step, key: string): Promise<OwnMetricRow> {
  const found = (await ownMetrics(step.tx)).find((metric) => metric.key === key)
  if (!found) throw metricErrors.OWN_METRIC_NOT_FOUND()
  return found
}

/** Its key stands for one object, or for one quotient, for good. */
function refuseOther(known: OwnMetricDefinition, next: OwnMetricDefinition): void {
  const ofWhat = (one: OwnMetricDefinition) => (isQuotient(one) ? null : one.of)
  if (ofWhat(known) === ofWhat(next)) return
  throw refused({ field: isQuotient(next) ? 'aggregate' : 'of', code: 'stays', label: words.stays })
}

function namesOfMetrics(metrics: readonly Metric[]) {
  const named = (language: Language) => metrics.map(({ label }) => label[language]).join(', ')
  return { metrics: named('zh'), metricsEn: named('en') }
}

/**
 * Targets are cascaded in a unit, and their children add up; levels are set below or above them, and what was reached of
 * them, in closed periods too, is told by the direction.
 */
async function refuseIfPlanned(step: Step, known: OwnMetricRow, definition: OwnMetricDefinition): Promise<void> {
  const was = known.definition
  const isTurned = was.better !== definition.better
  if (kindOf(was) === kindOf(definition) && was.unit === definition.unit && !isTurned) return
  const years = await plannedYears(step.tx, step.ctx, known.key)
  if (years.length === 0) return
  throw refused({
    field: isTurned ? 'better' : 'aggregate',
    code: 'planned',
    label: words.planned,
    params: { years: listed(years) },
  })
}

const listed = (years: readonly number[]) => years.toSorted().join(', ')

function tell(
  step: Step,
  action: 'created' | 'updated' | 'deleted',
  { id, key }: { readonly id: string; readonly key: string },
  { before, after }: { readonly before: OwnMetricDefinition | null; readonly after: OwnMetricDefinition | null },
): void {
  step.tell({ name: metricChanged, payload: { metric: key, kind: action } })
  step.audit({ object: 'own_metric', recordId: id, action, before, after })
}

function refused(fault: FieldFault) {
  return metricErrors.METRIC_REFUSED({}, [fault])
}
