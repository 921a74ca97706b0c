import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { metricKinds } from '#engine/metrics/metric.ts'
import { recordAggregates } from '#engine/metrics/own-metric.ts'
import { filterSchema } from '#engine/query/filter.ts'
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
