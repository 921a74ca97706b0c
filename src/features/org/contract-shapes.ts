import { z } from 'zod'
import { isDay } from '#engine/calendar/day.ts'

export const id = z.uuid()
export const day = z.string().refine(isDay, { error: 'not a date' })
/** Null: since before all time (from), or without end (to). */
export const openDay = day.nullable()
export const name = z.string().trim().min(1).max(100)
export const shortText = z
  .string()
  .trim()
  .max(60)
  .nullable()
  .transform((text) => text || null)
/** Percent of working time, a decimal such as `60` or `33.33`. */
export const share = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,2})?$/)
  .refine((text) => Number(text) > 0 && Number(text) <= 100)
/** As large as the database counts. */
export const seenVersion = z.number().int().min(1).max(2_147_483_647)
export const byId = z.object({ id })
export const structureKey = z.string().max(40).optional()
