import { periodAround } from '#engine/calendar/period.ts'
import { checkOwnMetric } from '#engine/metrics/check-own-metric.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { kindOf, metricOf } from '#engine/metrics/metrics-with.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { ownMetrics, tryMetric, type OwnMetricRow } from '#platform/ledger/index.ts'
import type { ListedMetric, OwnMetricDraft } from '../contract.ts'
import { metricErrors } from '../errors.ts'
import { refuseUnvalued, toDefinition } from './define-metric.ts'
import { namesOf } from './names-of.ts'

/** Every metric of the company with its formula in words; its own with their definitions and how far they are filled. */
export async function showMetrics(ctx: Ctx): Promise<{ metrics: ListedMetric[] }> {
  const rows = await inView(ctx, ownMetrics)
  const own = new Map(rows.map((row) => [row.key, row]))
  const { metrics } = ctx.company
  const broken = rows.filter(({ key }) => !metrics.find(key))
  return { metrics: [...metrics.all().map((metric) => listed(metric, own.get(metric.key))), ...broken.map(unfit)] }
}

type Described = Pick<Metric, 'key' | 'label' | 'formula' | 'kind' | 'unit' | 'better'>

function listed({ key, label, formula, kind, unit, better }: Described, row: OwnMetricRow | undefined): ListedMetric {
  return { key, label, formula, kind, unit, better, own: row ? ownPart(row) : null }
}

const unfitWords = {
  zh: '不再符合它的对象，请修改或删除',
  en: 'No longer fits its object; change or delete it',
}

/** One that the company's objects no longer bear: it can be changed and deleted. */
function unfit(row: OwnMetricRow): ListedMetric {
  const { key, definition, version } = row
  const described = { ...definition, key, kind: kindOf(definition), formula: unfitWords }
  return { ...listed(described, row), own: { version, definition, state: 'broken', progress: null } }
}

function ownPart({ version, definition, state, total, done }: OwnMetricRow): NonNullable<ListedMetric['own']> {
  const isKnown = state === 'filling' && total !== null
  return {
    version,
    definition,
    // Nobody is shown one that is being cleared.
    state: state === 'clearing' ? 'ready' : state,
    progress: isKnown ? Math.min(done / Math.max(total, 1), 1) : null,
  }
}

/** What a draft would come to in the fiscal year of today, and what it says; METRIC_REFUSED where it cannot be kept. */
export async function previewMetric(ctx: Ctx, draft: OwnMetricDraft) {
  const { wholeCatalogue: catalogue, calendar } = ctx.company
  const definition = toDefinition(draft)
  // It may be tried before it has a name.
  const faults = checkOwnMetric(definition, catalogue).filter(({ field }) => field !== 'label')
  if (faults.length > 0) throw metricErrors.METRIC_REFUSED({}, faults)
  await inView(ctx, (tx) => refuseUnvalued(tx, ctx, definition))
  const metric = metricOf({ key: 'tried', version: 1, definition, names: await namesOf(ctx, definition) }, catalogue)
  const year = periodAround(ctx.today, 'year', calendar)
  const { figure, records } = await tryMetric(ctx, metric, year)
  return { formula: metric.formula, unit: metric.unit, figure, records, period: { key: year.key, label: year.label } }
}
