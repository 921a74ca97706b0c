import { z } from 'zod'
import { labelSchema } from './wire.ts'

const targetField = z.object({
  key: z.string(),
  label: labelSchema,
  type: z.string(),
  help: labelSchema.optional(),
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  choices: z.array(z.object({ key: z.string(), label: labelSchema })).optional(),
  /** Fields by which the record referred to can be looked up, besides its title. */
  lookups: z.array(z.object({ key: z.string(), label: labelSchema })).optional(),
  to: z.string().optional(),
  /** Other names that headers go by. */
  aliases: z.array(z.string()).optional(),
})

export type TargetFieldView = z.infer<typeof targetField>

export const targetSchema = z.object({
  object: z.string(),
  label: labelSchema,
  title: z.string(),
  keys: z.array(z.string()),
  fields: z.array(targetField),
})
export type TargetView = z.infer<typeof targetSchema>
