import { z } from 'zod'

/** An amount as a decimal string; never negative. */
export const amount = z.string().regex(/^\d{1,16}(\.\d{1,4})?$/)
/** An amount that was reckoned: may be below zero. */
export const figure = z.string()
export const label = z.object({ zh: z.string(), en: z.string() })
export const yearNumber = z.coerce.number().int().min(1990).max(2100)
/** As large as the database counts. */
export const seenVersion = z.number().int().min(1).max(2_147_483_647)
export const metricKey = z.string().min(1).max(60)
export const periodKey = z.string().min(1).max(20)
export const planParams = z.object({ planId: z.uuid() })
export const whom = z.object({ id: z.string(), name: z.string() }).nullable()

/**
 * A unit is its key; a person in a unit is `unit.person`. Cells of another level than the target have the level before it:
 * `floor:unit.person`, `stretch:unit`.
 */
export const nodeId = z.string().min(1).max(81)

/** 保底 / 目标 / 挑战. */
export const levelShape = z.enum(['floor', 'target', 'stretch'])

/** A percent with its sign: `20`, `-5.5`. */
export const signedPercent = z.string().regex(/^-?\d{1,4}(\.\d{1,2})?$/)
/** In the tree of a metric a unit that stands in two places is its path joined by `~`: up to twelve units, and a person. */
export const metricNodeId = z.string().min(1).max(500)

/** Figures roll up by the default structure unless another is named. */
export const structureKey = z.string().max(40).optional()

/** A year of weeks has 53 of them. */
export const mostMonths = 60
export const monthNumber = z.number().int().min(1).max(mostMonths)

export const percent = z.number().int().min(0).max(100)
