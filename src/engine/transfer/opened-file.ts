import { z } from 'zod'
import { mappingSchema } from './mapping.ts'
import { labelSchema } from './wire.ts'

/** What reading a file noticed. */
export const noteSchema = z.object({
  code: z.enum([
    'LINES_BEFORE_HEADER',
    'HEADER_DOUBLED',
    'HEADER_EMPTY',
    'HEADER_OF_TWO_LINES',
    'HEADER_NOT_FOUND',
    'DATES_MEANT_AS_NUMBERS',
    'COLUMNS_UNUSED',
    'NO_ROWS',
  ]),
  count: z.number().optional(),
  name: z.string().optional(),
  became: z.string().optional(),
  names: z.array(z.string()).optional(),
})
export type ImportNote = z.infer<typeof noteSchema>

const ready = z.object({
  source: labelSchema,
  /** What the other product calls such records. */
  kind: labelSchema,
  mapping: mappingSchema,
})
export type ReadyView = z.infer<typeof ready>

export const openedFileSchema = z.object({
  file: z.object({ id: z.string(), name: z.string(), size: z.number() }),
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
  headers: z.array(z.string()),
  notes: z.array(noteSchema),
  /** The first rows as they stand in the file. */
  samples: z.array(z.array(z.string())),
  /** Exports of other products that the headers show, with the mapping that is ready for them, best first. */
  ready: z.array(ready),
})
export type OpenedFile = z.infer<typeof openedFileSchema>
