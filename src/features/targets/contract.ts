import { z } from 'zod'
import { defineRoute, tableFiles } from '#engine/contract/route.ts'
import { metricKinds } from '#engine/metrics/metric.ts'
import { nodeRules, periodRules } from '#engine/metrics/plan-rule.ts'
import { planEdit, planManage, planRead } from './permissions.ts'
import { planStates } from './plan-path.ts'

export { attainmentSettingsShape, type AttainmentSettings } from './attainment-settings.ts'
export { targetErrors } from './errors.ts'
export { editPlans, managePlans, planEdit, planManage, planRead, targetPermissions } from './permissions.ts'
export { isInForce, type PlanState } from './plan-path.ts'
export { carries, type Carry } from './carry.ts'

/** An amount as a decimal string; never negative. */
const amount = z.string().regex(/^\d{1,16}(\.\d{1,4})?$/)
/** An amount that was reckoned: may be below zero. */
const figure = z.string()
const label = z.object({ zh: z.string(), en: z.string() })
const yearNumber = z.coerce.number().int().min(1990).max(2100)
/** As large as the database counts. */
const seenVersion = z.number().int().min(1).max(2_147_483_647)
export const metricKey = z.string().min(1).max(60)
export const periodKey = z.string().min(1).max(20)
const planParams = z.object({ planId: z.uuid() })
const whom = z.object({ id: z.string(), name: z.string() }).nullable()

/**
 * A unit is its key; a person in a unit is `unit.person`. Cells of another level than the target have the level before it:
 * `floor:unit.person`, `stretch:unit`.
 */
const nodeId = z.string().min(1).max(81)

/** 保底 / 目标 / 挑战. */
export const levelShape = z.enum(['floor', 'target', 'stretch'])
const sideLevel = z.enum(['floor', 'stretch'])

/** A percent with its sign: `20`, `-5.5`. */
const signedPercent = z.string().regex(/^-?\d{1,4}(\.\d{1,2})?$/)
/** In the tree of a metric a unit that stands in two places is its path joined by `~`: up to twelve units, and a person. */
export const metricNodeId = z.string().min(1).max(500)

/** Figures roll up by the default structure unless another is named. */
const structureKey = z.string().max(40).optional()

/** A year of weeks has 53 of them. */
const mostMonths = 60
const monthNumber = z.number().int().min(1).max(mostMonths)

/** What cells were entered relative to: `+20` percent on the result of `2025-Q3`. */
export const basisShape = z.object({
  /** Leaf periods of the year, from 1. */
  first: monthNumber,
  last: monthNumber,
  percent: signedPercent,
  /** The period whose result is the base. */
  base: periodKey,
  /** That result, as it was when the target was entered. */
  amount: figure,
})
export type Basis = z.infer<typeof basisShape>

/** How the targets of a plan belong together. */
export const planRuleShape = z.object({
  /** sum: children make their parent. same: a rate, handed down as it is. apart: a distinct count, each row has its own. */
  nodes: z.enum(nodeRules),
  /** What the periods make of the quarter and the year: their sum, the last, the plain average, the largest. */
  periods: z.enum(periodRules),
  /** Where less is better, a floor lies above the target and a stretch below. */
  better: z.enum(['higher', 'lower']),
})

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
  rule: planRuleShape,
  status: z.enum(planStates),
  /**
   * Which of its figures count as targets: those of now; those of before it was reopened; none, as long as it was never
   * published.
   */
  figures: z.enum(['current', 'former', 'none']),
  version: z.number(),
  /** The day whose org tree the plan was made for. */
  treeOn: z.string(),
  /** In rising order; `target` is always there. */
  levels: z.array(levelShape),
  /** What the year has at the top that the reader may see; null where several tops make no figure together. */
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
  /** The leaf periods of the fiscal year, mostly its months; what quarter and year are, `rule` says. */
  months: z.array(z.string()),
  locked: z.array(z.boolean()),
  /** How much more than its own target the unit hands out, in hundredths of a percent: 500 hands out 105 %. */
  buffer: z.number(),
  /** What its targets were entered relative to. */
  bases: z.array(basisShape),
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

export const cellChangeShape = z.object({
  node: nodeId,
  /** Leaf period of the fiscal year, from 1. */
  month: monthNumber,
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

const method = z.enum(['equal', 'headcount', 'last_actual', 'potential', 'manual', 'blend', 'current'])
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
      /** Open pipeline, weighted where that is known. */
      potential: percent.default(0),
      current: percent.default(0),
    })
    .optional(),
  /** method `manual`: weights by row, of which only the proportion counts; of a rate the rates that rows get. */
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
    /** The year's total at the top, or its rate, level or count; not needed where the plan is made `from` another year. */
    total: amount.optional(),
    /** Another year to start from: its targets, row by row, or its results; raised by a percent. */
    from: z
      .object({
        basis: z.enum(['targets', 'actuals']),
        /** The year before unless told. */
        year: yearNumber.optional(),
        growth: signedPercent.default('0'),
      })
      .optional(),
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
  /** How much more than its own target the unit hands out, in hundredths of a percent; on every level. */
  buffer: z.number().int().min(0).max(5_000).optional(),
  /** What its targets were entered relative to; takes the place of what is there. */
  bases: z.array(basisShape).max(mostMonths).optional(),
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

export const setLevelRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/plans/:planId/levels',
  summary: { zh: '启用、重做或停用保底/挑战目标', en: 'Switch a level on, make it anew, or switch it off' },
  access: { permission: planManage },
  params: planParams,
  body: z.object({
    version: seenVersion,
    level: sideLevel,
    /**
     * Percent of the target: at most 100 for a floor, at least 100 for a stretch; the other way round where less is
     * better. Null switches the level off.
     */
    percent: z.number().int().min(1).max(1_000).nullable(),
  }),
  reply: z.object({ plan: planShape }),
})

export const showBasisRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/basis',
  summary: { zh: '相对录入所依据的实际业绩', en: 'The result that a relative entry starts from' },
  access: { permission: planRead },
  params: planParams,
  query: z.object({
    node: nodeId,
    /** Leaf periods of the plan's year, from 1: the cells that are entered. */
    first: z.coerce.number().pipe(monthNumber),
    last: z.coerce.number().pipe(monthNumber),
    /** The period to start from; the same of the year before unless told. */
    base: periodKey.optional(),
  }),
  reply: z.object({ base: periodKey, label, amount: figure }),
})

/** A plan as its editor reads it: columns instead of objects, cells as counts of the plan's unit. */
export const planGridRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/grid',
  summary: { zh: '计划表（紧凑格式）', en: 'A plan as a compact grid' },
  access: { permission: planRead },
  params: planParams,
  reply: z.object({
    plan: planShape,
    months: z.array(planMonthShape),
    rows: z.object({
      /** `u` or `p` for each row: a unit, or a person in the unit above. Parents come before children. */
      kinds: z.string(),
      /** The key of the unit or of the person. */
      keys: z.array(z.string()),
      names: z.array(z.string()),
      /** Place of the row above, -1 for the topmost. */
      parents: z.array(z.number()),
      /** Tier labels, and for each row its place among them; -1 without one. */
      tiers: z.array(z.string()),
      tierOf: z.array(z.number()),
      /** Places of the rows whose person heads the unit. */
      heads: z.array(z.number()),
      /** Places of the rows that the reader may not change. */
      fixed: z.array(z.number()),
      /** Hundredths of a percent, by place of the row. */
      buffers: z.record(z.string(), z.number()),
      bases: z.record(z.string(), z.array(basisShape)),
    }),
    levels: z.array(
      z.object({
        level: levelShape,
        /** For each row the counts of its periods with blanks between; one number where all are alike. */
        cells: z.array(z.string()),
        /** For the rows with locks `0` or `1` for each period, by place of the row. */
        locks: z.record(z.string(), z.string()),
        /** For the rows out of whose buffer amendments took something: the counts of it, by place of the row. */
        taken: z.record(z.string(), z.string()),
      }),
    ),
  }),
})

export const planChangesRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/changes',
  summary: { zh: '计划变更记录（可筛选、可导出）', en: 'Change log of a plan, filtered, as rows or a file' },
  access: { permission: planRead },
  params: planParams,
  query: z.object({
    /** Changes of this row; with everything below it where it is a unit. */
    node: nodeId.optional(),
    /** Changes that this person made. */
    by: z.uuid().optional(),
    /** A period of the plan's year: a month, a quarter. */
    period: periodKey.optional(),
    format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  }),
  reply: z.object({
    changes: z.array(
      z.object({
        version: z.number(),
        at: z.string(),
        by: whom,
        reason: z.string().nullable(),
        node: nodeId,
        name: z.string(),
        level: levelShape,
        month: monthNumber,
        monthLabel: label,
        before: figure,
        after: figure,
      }),
    ),
    /** There are more than the list shows. */
    isCut: z.boolean(),
  }),
  files: tableFiles,
})

export const planWorkbookRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/workbook',
  summary: {
    zh: '导出工作簿（各档目标分表，含公式与锁定）',
    en: 'The plan as a workbook: a sheet for each level, with formulas and locks',
  },
  access: { permission: planRead },
  params: planParams,
  files: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
})

const curveShape = z.object({ id: z.string(), name: z.string(), percents: z.array(percent).min(1).max(24) })
export type RampCurve = z.infer<typeof curveShape>

export const listRampCurvesRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/ramp-curves',
  summary: { zh: '新人爬坡曲线', en: 'Ramp curves of newcomers' },
  access: { permission: planRead },
  reply: z.object({ curves: z.array(curveShape) }),
})

export const saveRampCurveRoute = defineRoute({
  method: 'PUT',
  path: '/api/v1/ramp-curves/:curveId',
  summary: { zh: '保存爬坡曲线', en: 'Save a ramp curve' },
  access: { permission: planManage },
  params: z.object({ curveId: z.uuid() }),
  body: z.object({
    name: z.string().trim().min(1).max(60),
    /** Percent of a full target in the first, second, … month after joining. */
    percents: z.array(percent).min(1).max(24),
  }),
  reply: z.object({ curve: curveShape }),
})

export const deleteRampCurveRoute = defineRoute({
  method: 'DELETE',
  path: '/api/v1/ramp-curves/:curveId',
  summary: { zh: '删除爬坡曲线', en: 'Delete a ramp curve' },
  access: { permission: planManage },
  params: z.object({ curveId: z.uuid() }),
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
  /** Of those before a version; the newest 500 unless told. */
  query: z.object({ before: z.coerce.number().pipe(seenVersion).optional() }),
  reply: z.object({
    revisions: z.array(revisionShape),
    /** What to ask for as `before` to read on; null: these were all. */
    next: z.number().nullable(),
  }),
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
  /** Cells where floor ≤ target ≤ stretch would not hold. */
  crossings: z.array(z.object({ node: nodeId, name: z.string(), month: z.number(), message: z.string() })),
  /** Where the sheet came out of an older version of the plan: who changed it since. */
  outdated: z
    .object({
      /** The version that the sheet was made from. */
      version: z.number(),
      names: z.string(),
      /** Cells that both the sheet and the plan changed since. */
      both: z.array(z.object({ node: nodeId, month: z.number() })),
    })
    .nullable(),
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

/** Told when targets changed: `{planId, metric, year, version}`. */
export const planChanged = 'plan.changed'

/** Told when a plan moved along its path: `{planId, metric, year, act, comment}`. */
export const planMoved = 'plan.moved'
