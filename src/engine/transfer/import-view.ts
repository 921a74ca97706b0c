import { z } from 'zod'
import { mappingSchema } from './mapping.ts'
import { noteSchema } from './opened-file.ts'
import { faultSchema, instantSchema, labelSchema } from './wire.ts'

const undo = z.object({
  /** `failed`: asking again goes on where it stopped. */
  state: z.enum(['queued', 'running', 'done', 'failed']),
  /** Changes to take back, and how many of them are dealt with. */
  entriesTotal: z.number(),
  entriesDone: z.number(),
  /** Records. */
  removed: z.number(),
  restored: z.number(),
  skipped: z.number(),
  finishedAt: instantSchema,
})

export const importSchema = z.object({
  id: z.string(),
  setId: z.string(),
  setName: z.string().nullable(),
  fileName: z.string(),
  object: z.string(),
  isDry: z.boolean(),
  state: z.enum(['queued', 'running', 'done', 'cancelled', 'failed']),
  /** Rows of the file; unknown until it begins. */
  rowsTotal: z.number().nullable(),
  rowsRead: z.number(),
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  rejected: z.number(),
  /** Rows that were left out: subtotals, further rows of one record and what was there already where the mapping says so. */
  skipped: z.number(),
  /** Why it failed as a whole. */
  problem: z
    .object({
      code: z.string(),
      label: labelSchema,
      params: z.record(z.string(), z.union([z.string(), z.number()])),
      faults: z.array(faultSchema).optional(),
    })
    .nullable(),
  createdByName: z.string().nullable(),
  createdAt: instantSchema,
  startedAt: instantSchema,
  finishedAt: instantSchema,
  /** What reading the file noticed: unused columns, doubled headers, no rows. */
  notes: z.array(noteSchema),
  mapping: mappingSchema,
  /** False once the file and the refused rows are no longer kept. */
  isFileKept: z.boolean(),
  /** Until when it may be undone as a whole; null if it may not, or was. */
  undoableUntil: instantSchema,
  undo: undo.nullable(),
})
export type ImportView = z.infer<typeof importSchema>

export const undoSchema = z.object({
  /** Records that the import changed, and of these the ones that others changed since. */
  records: z.number(),
  touched: z.number(),
  /** Records that the undo left as they are, the first 200. */
  skipped: z.array(
    z.object({ object: z.string(), recordId: z.string(), title: z.string().nullable(), faults: z.array(faultSchema) }),
  ),
})
export type UndoView = z.infer<typeof undoSchema>
