import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { amount, mostMonths, nodeId, percent, yearNumber } from './contract-shapes.ts'
import { planManage, planRead } from './permissions.ts'

const method = z.enum(['equal', 'headcount', 'last_actual', 'potential', 'manual', 'blend', 'current'])
export type Method = z.infer<typeof method>

/** How a total is cascaded. */
export const cascadeShape = z.object({
  method: method.default('equal'),
  /** method `blend`: how much each part says, in percent; the parts sum to 100. */
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
