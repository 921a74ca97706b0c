import { z } from 'zod'
import { isDay } from '#engine/calendar/day.ts'
import { defineRoute } from '#engine/contract/route.ts'
import { metricKinds } from '#engine/metrics/metric.ts'
import { label, metricKey, metricNodeId, periodKey, structureKey, yearNumber } from './contract-shapes.ts'
import { planRead } from './permissions.ts'

export const lightShape = z.enum(['ahead', 'on-pace', 'behind', 'far-behind'])

const standing = z.object({
  actual: z.string().nullable(),
  /** Denominator of a rate, by which it weighs in the rates above it; null for other metrics. */
  weight: z.string().nullable(),
  target: z.string().nullable(),
  /** What should be reached by today: the plan's months that are over, and the running one by its working days. */
  expected: z.string().nullable(),
  attainment: z.number().nullable(),
  pace: z.number().nullable(),
  /** What is missing to the target: target − actual, actual − target where less is better; negative when exceeded. */
  gap: z.string().nullable(),
  requiredPerDay: z.string().nullable(),
  light: lightShape.nullable(),
  /** Where the plan has a floor or a stretch beside the target: them, and the highest of the three that is reached. */
  levels: z
    .object({
      floor: z.string().nullable(),
      stretch: z.string().nullable(),
      reached: z.enum(['floor', 'target', 'stretch']).nullable(),
    })
    .nullable(),
  /** Why a figure is missing. */
  reason: z.enum(['no-target', 'no-actual', 'not-begun', 'zero-target']).nullable(),
})

const attainmentFields = standing.extend({
  id: z.string(),
  kind: z.enum(['unit', 'person']),
  unitId: z.string().nullable(),
  personId: z.string().nullable(),
  name: z.string(),
  tier: z.string().nullable(),
  headName: z.string().nullable(),
})

export type AttainmentNode = z.infer<typeof attainmentFields> & { readonly children: readonly AttainmentNode[] }

const attainmentNode: z.ZodType<AttainmentNode> = attainmentFields.extend({
  get children() {
    return z.array(attainmentNode)
  },
})

export const periodShape = z.object({
  key: z.string(),
  kind: z.enum(['year', 'quarter', 'month']),
  year: z.number(),
  label,
  from: z.string(),
  /** First day after it. */
  to: z.string(),
})

export const listPeriodsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/periods',
  summary: { zh: '财务期间', en: 'Fiscal periods' },
  access: 'signed-in',
  query: z.object({ year: yearNumber.optional() }),
  reply: z.object({
    periods: z.array(periodShape),
    current: z.object({ year: z.string(), quarter: z.string(), month: z.string() }),
  }),
})

/** A tree of attainment with what was asked. */
export const attainmentReply = attainmentFields.extend({
  children: z.array(attainmentNode),
  meta: z.object({
    metric: z.string(),
    /** The plan whose figures count as targets; null: none is in force. */
    planId: z.string().nullable(),
    /** A plan of the year that is being worked on, for those who do: its figures count once it is published. */
    draftId: z.string().nullable(),
    /**
     * `filling`: the records that were there before the metric are still being counted, figures grow; `failed`: that
     * ended early, figures stay too low until it is asked for again.
     */
    fill: z.enum(['ready', 'filling', 'failed']),
    period: periodShape.extend({
      /** Share of its working days that is behind us. */
      elapsed: z.number(),
      workdays: z.number(),
      workdaysElapsed: z.number(),
    }),
  }),
})
export type AttainmentReply = z.infer<typeof attainmentReply>

const metricParams = z.object({ metric: metricKey })
const day = z.string().refine(isDay, { error: 'not a date' })

export const listMetricsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/metrics',
  summary: { zh: '指标', en: 'Metrics' },
  access: 'signed-in',
  reply: z.object({
    metrics: z.array(
      z.object({
        key: z.string(),
        label,
        formula: label,
        kind: z.enum(metricKinds),
        unit: z.enum(['money', 'count', 'percent', 'days']),
        better: z.enum(['higher', 'lower']),
        plannable: z.boolean(),
        /** It cannot be worked out without what is told from outside, as the size of a market. */
        needsGiven: z.boolean(),
      }),
    ),
  }),
})

export const attainmentTreeRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/metrics/:metric/tree',
  summary: { zh: '达成树', en: 'Attainment tree' },
  access: { permission: planRead },
  params: metricParams,
  query: z.object({ period: periodKey.optional(), node: metricNodeId.optional(), structure: structureKey }),
  reply: attainmentReply,
})

export const metricRecordsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/metrics/:metric/records',
  summary: { zh: '数字背后的记录', en: 'The records behind a figure' },
  access: { permission: planRead },
  params: metricParams,
  query: z.object({
    node: metricNodeId.optional(),
    period: periodKey.optional(),
    /** Only the days of the period up to this one. */
    until: day.optional(),
    structure: structureKey,
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        object: z.string(),
        recordId: z.string(),
        title: z.string(),
        account: z.string().nullable(),
        day: z.string(),
        /** What the record adds: an amount, a count, or the numerator of a ratio. */
        value: z.string(),
        /** Denominator of a ratio; null for other metrics. */
        weight: z.string().nullable(),
        personId: z.string().nullable(),
        personName: z.string().nullable(),
        unitName: z.string().nullable(),
      }),
    ),
    /** The figure itself, over all pages. */
    total: z.string().nullable(),
    count: z.number(),
    cursor: z.string().nullable(),
  }),
})

export const metricSeriesRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/metrics/:metric/series',
  summary: { zh: '按月走势', en: 'Monthly series' },
  access: { permission: planRead },
  params: metricParams,
  query: z.object({ node: metricNodeId.optional(), period: periodKey.optional(), structure: structureKey }),
  reply: z.array(
    z.object({
      key: z.string(),
      label,
      from: z.string(),
      actual: z.string().nullable(),
      target: z.string().nullable(),
    }),
  ),
})
