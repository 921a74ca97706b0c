import { z } from 'zod'
import { forecastRead } from './permissions.ts'

/** A decimal string to the cent; never negative. */
export const amount = z.string().regex(/^\d{1,12}(\.\d{1,2})?$/)
export const figure = z.string()
export const label = z.object({ zh: z.string(), en: z.string() })
export const periodKey = z.string().min(1).max(20)
export const nodeId = z.string().min(1).max(500)
export const note = z.string().trim().max(1000)
export const asked = z.object({
  /** The current period of the company's kind unless told. */
  period: periodKey.optional(),
  /** A unit, or a person in a unit as `unit.person`; the topmost in reach unless told. */
  node: nodeId.optional(),
})

/** How a deal counts: all open ones and what is closed. */
export const categoryKeys = ['closed', 'committed', 'best_case', 'pipeline', 'omitted'] as const
export type CategoryKey = (typeof categoryKeys)[number]

export const periodShape = z.object({ key: periodKey, kind: z.string(), label, from: z.string(), to: z.string() })
export type PeriodOfForecast = z.infer<typeof periodShape>

export const settingShape = z.object({
  periodKind: z.enum(['month', 'quarter']),
  dueEvery: z.enum(['week', 'period']),
  /** Day of the week, 1 = Monday, or day of the period. */
  dueOn: z.number().int().min(1).max(31),
})
export type ForecastSetting = z.infer<typeof settingShape>

/** Amounts by category, each by itself; cumulative ones are sums of these. */
export const sums = z.object({
  closed: figure,
  committed: figure,
  bestCase: figure,
  pipeline: figure,
  omitted: figure,
})
export type CategorySums = z.infer<typeof sums>

export const access = { permission: forecastRead } as const
