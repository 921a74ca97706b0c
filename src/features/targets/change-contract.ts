import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { cascadeShape } from './cascade-contract.ts'
import {
  amount,
  figure,
  label,
  monthNumber,
  mostMonths,
  nodeId,
  periodKey,
  planParams,
  seenVersion,
} from './contract-shapes.ts'
import { planEdit, planManage, planRead } from './permissions.ts'
import { basisShape, planShape } from './plan-contract.ts'

export const cellChangeShape = z.object({
  node: nodeId,
  /** Leaf period of the fiscal year, from 1. */
  month: monthNumber,
  before: figure,
  after: figure,
})
export type CellChangeShape = z.infer<typeof cellChangeShape>

export const changedRow = z.object({
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

const sideLevel = z.enum(['floor', 'stretch'])

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
