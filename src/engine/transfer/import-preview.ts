import { z } from 'zod'
import { mappingSchema } from './mapping.ts'
import { noteSchema } from './opened-file.ts'
import { faultSchema } from './wire.ts'

const previewRow = z.object({
  line: z.number(),
  cells: z.array(z.string()),
  /** What the row becomes, by field key: choices by key, references and owners as written. */
  values: z.record(z.string(), z.unknown()),
  faults: z.array(faultSchema),
  doubts: z.array(faultSchema),
})

export const previewSchema = z.object({
  /** The mapping that the preview used: the proposed one, unless one was given. */
  mapping: mappingSchema,
  headers: z.array(z.string()),
  sheets: z.array(z.string()),
  notes: z.array(noteSchema),
  /** What is wrong with the mapping itself; it cannot run before this is empty. */
  mappingFaults: z.array(faultSchema),
  rows: z.array(previewRow),
  rowsTotal: z.number(),
  /** False: the file is so large that only its beginning was looked at. */
  isWhole: z.boolean(),
  rowsWithFaults: z.number(),
  /** Sound rows that change records which are there already; the other sound ones become new. */
  rowsKnown: z.number(),
  skipped: z.number(),
  /** To whom new records without an owner would go: the people of the mapping, as written. */
  assigned: z.array(z.object({ person: z.string(), rows: z.number() })),
  /** Sums of the number columns, to compare with one's own sheet. */
  sums: z.array(z.object({ field: z.string(), sum: z.string(), filled: z.number() })),
  /** Texts that lead nowhere, with what was perhaps meant. */
  unknown: z.array(
    z.object({ field: z.string(), text: z.string(), rows: z.number(), suggestion: z.string().nullable() }),
  ),
  /** By reference field with such texts: what there is to choose from. */
  candidates: z.record(z.string(), z.array(z.string())),
})
export type ImportPreview = z.infer<typeof previewSchema>
