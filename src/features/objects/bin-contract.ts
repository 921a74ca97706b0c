import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { filterSchema } from '#engine/query/filter.ts'

const object = z.string().max(60)
const instant = z.union([z.date(), z.string()])
const counts = z.array(z.object({ object: z.string(), count: z.number() }))
const needed = z.object({ object: z.string(), id: z.uuid(), title: z.string() })

const binned = z.object({
  id: z.uuid(),
  title: z.string(),
  deletedAt: instant,
  deletedBy: z.string().nullable(),
  /** When it is gone for good. */
  goneAt: instant,
  /** With which record it went, if the caller reaches that. */
  with: needed.nullable(),
  /** What went with it and is still there, by object. */
  companions: counts,
})

/** The recycle bin: what was deleted in the last 30 days and can come back. */
export const binRoutes = {
  counts: defineRoute({
    method: 'GET',
    path: '/api/v1/bin',
    summary: { zh: '回收站里有什么', en: 'What is in the recycle bin, by object' },
    access: 'signed-in',
    reply: z.object({ objects: counts, days: z.number() }),
  }),
  list: defineRoute({
    method: 'POST',
    path: '/api/v1/bin/:object/query',
    reads: true,
    summary: { zh: '回收站里的记录', en: 'Deleted records, the newest first' },
    access: 'signed-in',
    params: z.strictObject({ object }),
    body: z.strictObject({
      filter: filterSchema.optional(),
      /** Part of the name. */
      search: z.string().max(100).optional(),
      /** Only what this person deleted. */
      deletedBy: z.uuid().optional(),
      limit: z.number().int().min(1).max(200).optional(),
      cursor: z.string().max(4000).optional(),
    }),
    reply: z.object({ rows: z.array(binned), cursor: z.string().nullable() }),
  }),
  restore: defineRoute({
    method: 'POST',
    path: '/api/v1/bin/:object/restore',
    summary: { zh: '恢复多条记录', en: 'Bring records back, as one operation' },
    access: 'signed-in',
    params: z.strictObject({ object }),
    body: z.strictObject({
      ids: z.array(z.uuid()).min(1).max(200),
      /** With what went there with them; yes unless told. */
      companions: z.boolean().optional(),
      /** With what they refer to and what is in the bin too. */
      parents: z.boolean().optional(),
    }),
    reply: z.object({
      restored: z.number(),
      /** That came back with them. */
      along: z.number(),
      /** That went with them but are out of the caller's reach: they stay in the bin. */
      leftBehind: z.number(),
      refused: z.array(
        z.object({
          id: z.uuid(),
          title: z.string().nullable(),
          faults: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })),
          /** Records in the bin that have to come back with it. */
          needed: z.array(needed),
        }),
      ),
    }),
  }),
}
