import { z } from 'zod'

const id = z.uuid()
const name = z.string().trim().min(1).max(100)
const tier = z.string().trim().max(60).nullable()
const people = z.array(id).min(1).max(2000)
/** Percent of working time, such as `60` or `33.33`. */
const share = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,2})?$/)
  .refine((text) => Number(text) > 0 && Number(text) <= 100)

/** One step of a prepared reorganisation. New units carry the key that they will have. */
export const draftStep = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('move'), unitId: id, parentId: id }).strict(),
  z
    .object({
      kind: z.literal('split'),
      unitId: id,
      newId: id,
      name,
      headId: id.nullable(),
      /** Who goes into the new unit; the others stay. */
      personIds: people,
    })
    .strict(),
  z.object({ kind: z.literal('merge'), unitId: id, intoId: id }).strict(),
  z.object({ kind: z.literal('close'), unitId: id }).strict(),
  z.object({ kind: z.literal('create'), newId: id, name, parentId: id, tier, headId: id.nullable() }).strict(),
  z.object({ kind: z.literal('rename'), unitId: id, name }).strict(),
  z.object({ kind: z.literal('people'), personIds: people, unitId: id }).strict(),
  z
    .object({
      kind: z.literal('assign'),
      newId: id,
      personId: id,
      unitId: id,
      share,
      /** What is left for the main assignment; absent: as it is. */
      mainShare: share.optional(),
    })
    .strict(),
  z.object({ kind: z.literal('head'), unitId: id, headId: id.nullable() }).strict(),
])
export type DraftStep = z.infer<typeof draftStep>
