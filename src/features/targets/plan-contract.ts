import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { nodeRules, periodRules } from '#engine/metrics/plan-rule.ts'
import { cascadeShape } from './cascade-contract.ts'
import {
  amount,
  figure,
  label,
  levelShape,
  metricKey,
  monthNumber,
  nodeId,
  periodKey,
  planParams,
  seenVersion,
  signedPercent,
  whom,
  yearNumber,
} from './contract-shapes.ts'
import { planManage, planRead } from './permissions.ts'
import { planStates } from './plan-path.ts'

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
  /** The most that a target can be: `1` (100 %) of a share of a whole; missing where nothing bounds it. */
  most: z.string().optional(),
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
  /** People propose their own numbers while it is a draft. */
  asksProposals: z.boolean(),
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
