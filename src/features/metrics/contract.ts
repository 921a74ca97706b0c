import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { metricKinds } from '#engine/metrics/metric.ts'
import { recordAggregates } from '#engine/metrics/own-metric.ts'
import { filterSchema } from '#engine/query/filter.ts'
import { marketBehindShape } from '#features/market/contract.ts'
import { metricManage } from './permissions.ts'

export { metricChanged } from './errors.ts'
export { metricManage, metricPermissions } from './permissions.ts'

const access = { permission: metricManage } as const
const label = z.strictObject({ zh: z.string().max(60), en: z.string().max(60) })
const units = ['money', 'count', 'percent', 'days'] as const
const directions = ['higher', 'lower'] as const

const described = { label, unit: z.enum(units), better: z.enum(directions) }

/** A metric as its maker describes it. */
const overRecords = z.strictObject({
  ...described,
  /** Key of the object; stays. */
  of: z.string().max(60),
  /** `distinct`: different values of the field. `share`: how many of the records meet `countsIf`. */
  aggregate: z.enum(recordAggregates),
  /** distinct, sum, average, min, max: key of the field. */
  field: z.string().max(60).optional(),
  countsIf: filterSchema.optional(),
  when: filterSchema.optional(),
  /** Key of the date field by which records count. */
  at: z.string().max(60),
  /** Whose a record is whose credit is shared: theirs by their shares (unless told), or all the owner's. */
  credit: z.enum(['shared', 'owner']).optional(),
})

const ofTwoMetrics = z.strictObject({
  ...described,
  aggregate: z.literal('ratio'),
  /** Keys of the metric that is divided, and of the one that it is divided by. */
  over: z.string().max(60),
  under: z.string().max(60),
})

const definition = z.discriminatedUnion('aggregate', [overRecords, ofTwoMetrics])
export type OwnMetricDraft = z.infer<typeof definition>

const text = z.object({ zh: z.string(), en: z.string() })

const listedMetric = z.object({
  key: z.string(),
  label: text,
  /** What it counts, in words. */
  formula: text,
  kind: z.enum(metricKinds),
  unit: z.enum(units),
  better: z.enum(directions),
  /** Null for metrics of the product. */
  own: z
    .object({
      version: z.number(),
      definition,
      /**
       * `filling`: the records that were there before are still being counted. `broken`: it no longer fits its object and is
       * read nowhere until it is changed.
       */
      state: z.enum(['filling', 'failed', 'ready', 'broken']),
      /** 0–1 while filling; null while the records are not counted. */
      progress: z.number().nullable(),
    })
    .nullable(),
})
export type ListedMetric = z.infer<typeof listedMetric>

const ofMetric = z.strictObject({ metric: z.string().max(60) })

export const ownMetricRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/own-metrics',
    summary: { zh: '全部指标及其定义', en: 'All metrics with how they are defined' },
    access,
    reply: z.object({ metrics: z.array(listedMetric) }),
  }),
  create: defineRoute({
    method: 'POST',
    path: '/api/v1/own-metrics',
    summary: { zh: '新建指标', en: 'Make a metric; existing records are counted in the background' },
    success: 201,
    access,
    body: definition,
    reply: z.object({ key: z.string() }),
  }),
  change: defineRoute({
    method: 'PATCH',
    path: '/api/v1/own-metrics/:metric',
    summary: { zh: '修改指标', en: 'Change a metric; its key and object stay' },
    access,
    params: ofMetric,
    body: definition,
    reply: z.object({ key: z.string(), version: z.number() }),
  }),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/v1/own-metrics/:metric',
    summary: { zh: '删除指标', en: 'Delete a metric' },
    access,
    params: ofMetric,
  }),
  refill: defineRoute({
    method: 'POST',
    path: '/api/v1/own-metrics/:metric/refill',
    summary: { zh: '重新计算指标', en: 'Count all records of a metric again' },
    success: 202,
    access,
    params: ofMetric,
    reply: z.object({ key: z.string() }),
  }),
  preview: defineRoute({
    method: 'POST',
    path: '/api/v1/own-metrics/preview',
    reads: true,
    summary: { zh: '试算指标', en: 'What a metric would come to this fiscal year' },
    access,
    body: definition,
    reply: z.object({
      formula: text,
      unit: z.enum(units),
      figure: z.string().nullable(),
      /** Records of this fiscal year that count. */
      records: z.number(),
      period: z.object({ key: z.string(), label: text }),
    }),
  }),
}

const fieldNamed = z.object({ key: z.string(), label: text })

/** What one object brings to a metric. */
const shownSource = z.object({
  object: fieldNamed,
  /** What is counted or added up, in words. */
  measure: text,
  /** Which records count; null: all. */
  filter: text.nullable(),
  /** The date that decides period and unit. */
  date: text,
  /** The field that says whose it is. */
  owner: text,
  /** How shared records are credited. */
  attribution: text,
})

const shownFigure = z.object({ key: z.string(), label: text, unit: z.enum(units), figure: z.string().nullable() })

const lineage = z.object({
  key: z.string(),
  version: z.number(),
  label: text,
  formula: text,
  kind: z.enum(metricKinds),
  unit: z.enum(units),
  better: z.enum(directions),
  period: z.object({ key: z.string(), label: text }),
  node: z.object({ id: z.string(), name: z.string() }),
  /** Of this node and period: the figure, and for a ratio what it divides. */
  worked: z.object({
    figure: z.string().nullable(),
    over: z.string().nullable(),
    under: z.string().nullable(),
    records: z.number(),
  }),
  sources: z.array(shownSource),
  /** The metrics that it is worked out from, with their figures there. */
  from: z.array(shownFigure),
  /** Who told the market that it shows or divides by, at this node and in this period; null where it has none. */
  market: marketBehindShape.nullable(),
  /** Where it is used: metrics worked out from it, and the fiscal years that have a plan of it. */
  usedBy: z.array(fieldNamed),
  plannedYears: z.array(z.number()),
  /** What it counted before, newest first; empty for metrics of the product. */
  versions: z.array(
    z.object({
      version: z.number(),
      formula: text,
      from: z.string(),
      until: z.string(),
      endedBy: z.string().nullable(),
    }),
  ),
  /** A definition to begin an own metric with; null where the form cannot say it. */
  copy: definition.nullable(),
  /** Whether the copy says less than the metric does: it has one object only. */
  isCopyPartial: z.boolean(),
})
export type Lineage = z.infer<typeof lineage>

export const lineageRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/metrics/:metric/lineage',
  summary: {
    zh: '指标的公式、算式、来源、归属和用处',
    en: 'How a metric is worked out: formula, worked numbers, sources, attribution, where it is used',
  },
  access: { permission: 'plan.read' },
  params: ofMetric,
  query: z.object({ period: z.string().max(20).optional(), node: z.string().max(500).optional() }),
  reply: lineage,
})
