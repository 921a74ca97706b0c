import { z } from 'zod'

/** A text in both languages. */
export const labelSchema = z.object({ zh: z.string(), en: z.string() })

export const faultSchema = z.object({
  /** Key of the field; empty when the whole row is meant. */
  field: z.string(),
  code: z.string(),
  label: labelSchema,
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

/** A moment, as a date in the server and as text on its way; null: not yet, or never. */
export const instantSchema = z.union([z.date(), z.string()]).nullable()

export const byIdSchema = z.strictObject({ id: z.string().max(60) })

/** What people open in a spreadsheet. */
export const sheetFormatSchema = z.enum(['csv', 'xlsx'])
