import { z } from 'zod'
import { defineRoute, tableFiles } from '#engine/contract/route.ts'
import { planEdit, planManage, planRead } from './permissions.ts'
import { planStates } from './plan-path.ts'

export { targetErrors } from './errors.ts'
export { editPlans, managePlans, planEdit, planManage, planRead, targetPermissions } from './permissions.ts'
export { isInForce, settledBy, type PlanState } from './plan-path.ts'
export { carries, type Carry } from './carry.ts'

/** An amount as a decimal string; never negative. */
const amount = z.string().regex(/^\d{1,16}(\.\d{1,4})?$/)
/** An amount that was reckoned: may be below zero. */
const figure = z.string()
const label = z.object({ zh: z.string(), en: z.string() })
const yearNumber = z.coerce.number().int().min(1990).max(2100)
/** As large as the database counts. */
const seenVersion = z.number().int().min(1).max(2_147_483_647)
const metricKey = z.string().min(1).max(60)
const periodKey = z.string().min(1).max(20)
const planParams = z.object({ planId: z.uuid() })
const whom = z.object({ id: z.string(), name: z.string() }).nullable()

/** A unit is its key; a person in a unit is `unit.person`. */
const nodeId = z.string().min(1).max(73)
/** In the tree of a metric a unit that stands in two places is its path joined by `~`: up to twelve units, and a person. */
const metricNodeId = z.string().min(1).max(500)

export const planShape = z.object({
  id: z.string(),
  metric: metricKey,
  metricLabel: label,
  /** `money` or `count`. */
  measure: z.enum(['money', 'count', 'percent', 'days']),
  year: z.number(),
  yearLabel: label,
  /** Smallest count: `0.01` of the currency, `1` deal. */
  unit: z.string(),
  status: z.enum(planStates),
  version: z.number(),
  /** The day whose org tree the plan was made for. */
  treeOn: z.string(),
  /** Year total at the top that the reader may see; null where that is not one row. */
  total: figure.nullable(),
  updatedAt: z.string(),
  updatedBy: whom,
  can: z.object({ edit: z.boolean(), manage: z.boolean() }),
})
export type PlanSummary = z.infer<typeof planShape>

export const planRowShape = z.object({
  id: nodeId,
  kind: z.enum(['unit', 'person']),
  unitId: z.string(),
  personId: z.string().nullable(),
  name: z.string(),
  tier: z.string().nullable(),
  /** Null for the topmost rows that the reader may see. */
  parentId: z.string().nullable(),
  isHead: z.boolean(),
  /** The leaf periods of the fiscal year, mostly its months; quarter and year are their sums. */
  months: z.array(z.string()),
  locked: z.array(z.boolean()),
  /** How much more than its own target the unit hands out, in hundredths of a percent: 500 hands out 105 %. */
  buffer: z.number(),
  /** May the reader change this row's cells? */
  canEdit: z.boolean(),
})
export type PlanRow = z.infer<typeof planRowShape>

export const planMonthShape = z.object({
  key: z.string(),
  label,
  from: z.string(),
  to: z.string(),
  /** The quarter that it lies in, where the calendar has quarters. */
  quarter: z.object({ key: z.string(), number: z.number() }).nullable(),
})
export type PlanMonth = z.infer<typeof planMonthShape>

/** A year of weeks has 53 of them. */
const mostMonths = 60

export const cellChangeShape = z.object({
  node: nodeId,
  /** Leaf period of the fiscal year, from 1. */
  month: z.number().int().min(1).max(mostMonths),
  before: figure,
  after: figure,
})
export type CellChangeShape = z.infer<typeof cellChangeShape>

export const mismatchShape = z.object({
  node: nodeId,
  name: z.string(),
  month: z.number().int(),
  own: figure,
  children: figure,
})

const method = z.enum(['equal', 'headcount', 'last_actual', 'manual', 'blend', 'current'])
export type Method = z.infer<typeof method>

const percent = z.number().int().min(0).max(100)

/** How a total is cascaded. */
export const cascadeShape = z.object({
  method: method.default('equal'),
  /** method `blend`: how much each part says; the parts need not sum to 100. */
  blend: z
    .object({
      equal: percent.default(0),
      headcount: percent.default(0),
      lastActual: percent.default(0),
      current: percent.default(0),
    })
    .optional(),
  /** method `manual`: weights by row; only their proportion counts. */
  weights: z.record(nodeId, amount).optional(),
  /** Fiscal year of the actuals, for `last_actual` and for the season from history; the year before unless told. */
  baseYear: yearNumber.optional(),
  /** Months of the year: as they are, all alike, as in the base year, or by a weight for each. */
  season: z.union([z.enum(['current', 'even', 'history']), z.array(amount).min(1).max(mostMonths)]).default('current'),
  /** Heads of units get a share of their own. */
  headsCarry: z.boolean().default(false),
  /** Percent that newcomers count in their first months, e.g. [30, 60]; then fully. */
  ramp: z.array(percent).max(24).default([]),
  /** Round to multiples of so much; the metric's smallest count unless told. */
  step: amount.optional(),
})
export type CascadeWish = z.infer<typeof cascadeShape>

export const listPlansRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans',
  summary: { zh: '目标计划列表', en: 'Plans' },
  access: { permission: planRead },
  query: z.object({ year: yearNumber.optional(), metric: metricKey.optional() }),
  reply: z.object({ plans: z.array(planShape) }),
})

export const createPlanRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/plans',
  summary: { zh: '从总目标制定计划', en: 'Make a plan from a total' },
  access: { permission: planManage },
  body: z.object({
    metric: metricKey,
    year: yearNumber,
    /** The year's total at the top. */
    total: amount,
    cascade: cascadeShape.prefault({ season: 'even' }),
    reason: z.string().trim().max(500).optional(),
  }),
  reply: z.object({ plan: planShape, notes: z.array(label) }),
})

export const showPlanRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId',
  summary: { zh: '计划树', en: 'A plan with its tree' },
  access: { permission: planRead },
  params: planParams,
  reply: z.object({ plan: planShape, months: z.array(planMonthShape), rows: z.array(planRowShape) }),
})

const changedRow = z.object({
  node: nodeId,
  /** A value for every leaf period of the year; null leaves a cell as it is. */
  months: z.array(amount.nullable()).min(1).max(mostMonths).optional(),
  locked: z.array(z.boolean().nullable()).min(1).max(mostMonths).optional(),
})

export const previewCascadeRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/plans/:planId/preview',
  mostBytes: 20_000_000,
  reads: true,
  summary: { zh: '预览分解的差异', en: 'Differences that a cascade would make' },
  access: { permission: planEdit },
  params: planParams,
  body: z.object({
    /** The row whose months flow down; the top unless told. */
    node: nodeId.optional(),
    /** A new total of the year, at the top of the plan only. */
    total: amount.optional(),
    cascade: cascadeShape,
    /** Rows that are not saved yet, to start from. */
    draft: z.array(changedRow).max(20_000).default([]),
  }),
  reply: z.object({ version: z.number(), changes: z.array(cellChangeShape), notes: z.array(label) }),
})

export const savePlanRoute = defineRoute({
  method: 'PATCH',
  path: '/api/v1/plans/:planId',
  mostBytes: 20_000_000,
  summary: { zh: '保存目标调整', en: 'Save changed targets' },
  access: { permission: planEdit },
  params: planParams,
  body: z.object({
    /** The version that the changes were made on. */
    version: seenVersion,
    reason: z.string().trim().min(1).max(500),
    rows: z.array(changedRow).min(1).max(20_000),
  }),
  reply: z.object({ plan: planShape }),
})

export const publishPlanRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/plans/:planId/publish',
  summary: { zh: '发布计划', en: 'Publish a plan' },
  access: { permission: planManage },
  params: planParams,
  body: z.object({ version: seenVersion }),
  reply: z.object({ plan: planShape }),
})

export const refreshPlanRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/plans/:planId/refresh',
  summary: { zh: '让计划跟上组织变动', en: 'Bring a plan to the org as it is now' },
  access: { permission: planManage },
  params: planParams,
  body: z.object({ version: seenVersion }),
  reply: z.object({
    plan: planShape,
    added: z.number(),
    /** Units and people whose targets went to where they stand now. */
    moved: z.number(),
  }),
})

export const deletePlanRoute = defineRoute({
  method: 'DELETE',
  path: '/api/v1/plans/:planId',
  summary: { zh: '删除未发布的计划', en: 'Delete a plan that is not published' },
  access: { permission: planManage },
  params: planParams,
})

/** What made a version of a plan: a change of its cells, or a step on its path. */
export const revisionKinds = [
  'created',
  'changed',
  'refreshed',
  'published',
  'submitted',
  'withdrawn',
  'sent-back',
  'approved',
  'reopened',
  'locked',
  'amended',
  'taken-over',
] as const
export type RevisionKind = (typeof revisionKinds)[number]

export const revisionShape = z.object({
  version: z.number(),
  kind: z.enum(revisionKinds),
  by: whom,
  at: z.string(),
  reason: z.string().nullable(),
  /** Rows that it changed. */
  rows: z.number(),
})
export type Revision = z.infer<typeof revisionShape>

export const listRevisionsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/revisions',
  summary: { zh: '修订历史', en: 'Revisions of a plan' },
  access: { permission: planRead },
  params: planParams,
  reply: z.object({ revisions: z.array(revisionShape) }),
})

export const showRevisionRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/revisions/:version',
  summary: { zh: '一次修订的前后对照', en: 'A revision, before and after' },
  access: { permission: planRead },
  params: planParams.extend({ version: z.coerce.number().pipe(seenVersion) }),
  reply: z.object({
    revision: revisionShape,
    rows: z.array(
      z.object({
        node: nodeId,
        name: z.string(),
        before: z.array(z.string()),
        after: z.array(z.string()),
        lockedBefore: z.array(z.boolean()).nullable(),
        lockedAfter: z.array(z.boolean()).nullable(),
      }),
    ),
  }),
})

export const exportSheetRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/sheet',
  summary: { zh: '导出宽表（人员×各月）', en: 'The wide sheet: people × months' },
  access: { permission: planRead },
  params: planParams,
  query: z.object({ format: z.enum(['json', 'csv', 'xlsx']).default('json') }),
  reply: z.object({ header: z.array(z.string()), rows: z.array(z.array(z.string())) }),
  files: tableFiles,
})

/** What a sheet would change; nothing is saved. */
const sheetReading = z.object({
  version: z.number(),
  changes: z.array(cellChangeShape),
  mismatches: z.array(mismatchShape),
  /** Cells and rows that could not be used, with their place in the sheet (row 1 is the header). */
  faults: z.array(z.object({ row: z.number(), column: z.string(), text: z.string(), message: z.string() })),
})

export const readSheetRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/plans/:planId/sheet',
  reads: true,
  mostBytes: 20_000_000,
  summary: { zh: '读取宽表，预览差异与合计', en: 'Read a wide sheet: differences and sums before saving' },
  access: { permission: planEdit },
  params: planParams,
  body: z.object({
    /** Cells as text, header first, as pasted or read from a file. */
    rows: z
      .array(z.array(z.string().max(200)).max(100))
      .min(2)
      .max(20_000),
  }),
  reply: sheetReading,
})

export const readSheetFileRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/plans/:planId/sheet/file',
  reads: true,
  summary: {
    zh: '读取宽表文件（multipart,CSV 或 XLSX）,预览差异与合计',
    en: 'Read a wide sheet from a file (multipart, CSV or XLSX): differences and sums before saving',
  },
  access: { permission: planEdit },
  params: planParams,
  takesFile: true,
  reply: sheetReading,
})

export const lightShape = z.enum(['ahead', 'on-pace', 'behind', 'far-behind'])

const standing = z.object({
  actual: z.string().nullable(),
  target: z.string().nullable(),
  /** What should be reached by today, by working days. */
  expected: z.string().nullable(),
  attainment: z.number().nullable(),
  pace: z.number().nullable(),
  gap: z.string().nullable(),
  requiredPerDay: z.string().nullable(),
  light: lightShape.nullable(),
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

const metricParams = z.object({ metric: metricKey })

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
        kind: z.enum(['flow', 'stock', 'ratio']),
        unit: z.enum(['money', 'count', 'percent', 'days']),
        better: z.enum(['higher', 'lower']),
        plannable: z.boolean(),
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
  query: z.object({ period: periodKey.optional(), node: metricNodeId.optional() }),
  reply: attainmentFields.extend({
    children: z.array(attainmentNode),
    meta: z.object({
      metric: z.string(),
      planId: z.string().nullable(),
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
  }),
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
  query: z.object({ node: metricNodeId.optional(), period: periodKey.optional() }),
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

/** Told when targets changed: `{planId, metric, year, version}`. */
export const planChanged = 'plan.changed'

/** Told when a plan moved along its path: `{planId, metric, year, act, comment}`. */
export const planMoved = 'plan.moved'
