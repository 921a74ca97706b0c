import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { undoProgress } from '#engine/contract/undo-progress.ts'
import { filterSchema } from '#engine/query/filter.ts'

const label = z.object({ zh: z.string(), en: z.string() })
const byId = z.strictObject({ id: z.uuid() })
const instant = z.union([z.date(), z.string()])
const values = z.record(z.string().max(100), z.unknown())

const run = z.object({
  id: z.uuid(),
  object: z.string(),
  act: z.enum(['update', 'delete', 'create', 'upsert']),
  changes: values,
  /** Of records that change hands: results that were made stay credited to who made them. */
  keepsCredit: z.boolean(),
  state: z.enum(['queued', 'running', 'done', 'cancelled', 'failed']),
  rowsTotal: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  refused: z.number(),
  /** By which the history of its records leads to it. */
  operationId: z.uuid(),
  createdByName: z.string().nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
  undo: undoProgress.nullable(),
})
export type BulkView = z.infer<typeof run>

/** What became of one row, in the place of the row. */
const rowOutcome = z.union([
  z.object({
    ok: z.literal(true),
    id: z.uuid(),
    action: z.enum(['created', 'updated', 'unchanged', 'deleted']),
  }),
  z.object({
    ok: z.literal(false),
    id: z.string().nullable(),
    errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })),
  }),
])

/** Which records are meant: a filter or ids; and what is done with all of them, in the background. */
const byFilter = z
  .strictObject({
    act: z.undefined().optional(),
    filter: filterSchema.optional(),
    ids: z.array(z.uuid()).min(1).max(5000).optional(),
    /** What is done: values set, the owner changed, or into the recycle bin. */
    values: values.optional(),
    ownerId: z.uuid().optional(),
    /** With a new owner: results that were made stay credited to who made them; yes unless told. */
    keepsCredit: z.boolean().optional(),
    delete: z.literal(true).optional(),
    /** With `delete`: how many of each object go along as parts of those deleted, as was shown; none unless told. */
    along: z.record(z.string().max(60), z.number().int().min(0)).optional(),
  })
  .refine((body) => (body.filter === undefined) !== (body.ids === undefined))
  .refine((body) => [body.values, body.ownerId, body.delete].filter((act) => act !== undefined).length === 1)
  .refine((body) => body.along === undefined || body.delete !== undefined)

/** Rows with values of their own, done at once: each is answered in its place. */
const byRows = z.strictObject({
  act: z.enum(['create', 'update', 'upsert', 'delete']),
  rows: z
    .array(
      z.strictObject({
        /** Of a record that is there; or the value of the field `by` recognises it. */
        id: z.string().max(60).optional(),
        /** Refuses the row where the record is no longer this version. */
        version: z.number().int().optional(),
        values: values.optional(),
      }),
    )
    .min(1)
    .max(5000),
  /** Key of the unique field by which rows find their record; needed for `upsert`. */
  by: z.string().max(100).optional(),
  /** All rows or none: one that is refused refuses all. */
  atomic: z.boolean().optional(),
  /** Rows that may be records which are there already (RECORD_DUPLICATE) are meant all the same. */
  confirmed: z.boolean().optional(),
})

/** Changes of many records at once; each is one operation that can be undone whole. */
export const bulkRoutes = {
  start: defineRoute({
    method: 'POST',
    path: '/api/v1/records/:object/bulk',
    mostBytes: 20_000_000,
    summary: {
      zh: '批量新建、修改、转移或删除记录',
      en: 'Change many records: all that a filter names, in the background, or up to 5,000 rows at once',
    },
    access: 'signed-in',
    params: z.strictObject({ object: z.string().max(60) }),
    body: z.discriminatedUnion('act', [byRows, byFilter]),
    reply: run.extend({
      /** With `rows`: what became of each, in their order. */
      rows: z.array(rowOutcome).optional(),
    }),
  }),
  children: defineRoute({
    method: 'POST',
    path: '/api/v1/records/:object/bulk/children',
    reads: true,
    summary: {
      zh: '批量删除前：哪些记录会一起删除',
      en: 'Before deleting many: what would go along, and what stands against it',
    },
    access: 'signed-in',
    params: z.strictObject({ object: z.string().max(60) }),
    body: z
      .strictObject({ filter: filterSchema.optional(), ids: z.array(z.uuid()).min(1).max(5000).optional() })
      .refine((body) => (body.filter === undefined) !== (body.ids === undefined)),
    reply: z.object({
      /** Per object: how many the caller sees, and how many of these may go along. */
      children: z.array(z.object({ object: z.string(), seen: z.number(), deletable: z.number() })),
      /** Objects of records that would keep some even then: out of reach, not to be deleted, or only naming them. */
      keptBy: z.array(z.string()),
      /** More than so many are a part of them: they were not counted, and cannot go along; null: all were. */
      moreThan: z.number().nullable(),
    }),
  }),
  saveRows: defineRoute({
    method: 'POST',
    path: '/api/v1/records/:object/rows',
    mostBytes: 10_000_000,
    summary: {
      zh: '一次保存多条记录各自的值',
      en: 'Change up to 500 records, each to its own values, as one operation',
    },
    access: 'signed-in',
    params: z.strictObject({ object: z.string().max(60) }),
    body: z.strictObject({
      rows: z
        .array(z.strictObject({ id: z.uuid(), version: z.number().int().optional(), values }))
        .min(1)
        .max(500)
        .refine((rows) => new Set(rows.map((row) => row.id)).size === rows.length),
    }),
    reply: run,
  }),
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/bulk',
    summary: { zh: '最近的批量操作', en: 'The newest bulk edits' },
    access: 'signed-in',
    reply: z.object({ runs: z.array(run) }),
  }),
  show: defineRoute({
    method: 'GET',
    path: '/api/v1/bulk/:id',
    summary: { zh: '批量操作的进度与结果', en: 'Progress and result of a bulk edit' },
    access: 'signed-in',
    params: byId,
    reply: run,
  }),
  refused: defineRoute({
    method: 'GET',
    path: '/api/v1/bulk/:id/refused',
    summary: { zh: '没有改成的记录及原因', en: 'Records that stayed as they are, and why, 200 at a time' },
    access: 'signed-in',
    params: byId,
    query: z.strictObject({
      /** Those after this record, as `next` told. */
      after: z.uuid().optional(),
    }),
    reply: z.object({
      rows: z.array(
        z.object({
          recordId: z.uuid(),
          title: z.string().nullable(),
          faults: z.array(
            z.object({
              field: z.string(),
              code: z.string(),
              label,
              params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
            }),
          ),
        }),
      ),
      /** Where the rest begins; null: nothing is left. */
      next: z.uuid().nullable(),
    }),
  }),
  cancel: defineRoute({
    method: 'POST',
    path: '/api/v1/bulk/:id/cancel',
    summary: { zh: '停止批量操作', en: 'Stop a bulk edit; what is changed stays' },
    access: 'signed-in',
    params: byId,
    reply: run,
  }),
  undo: defineRoute({
    method: 'POST',
    path: '/api/v1/bulk/:id/undo',
    summary: { zh: '撤销整次批量操作', en: 'Undo the whole bulk edit, in the background' },
    access: 'signed-in',
    params: byId,
    reply: run,
  }),
}
