import { z } from 'zod'
import { defineRoute, tableFiles } from '#engine/contract/route.ts'
import { filterSchema } from '#engine/query/filter.ts'
import { importSchema } from './import-view.ts'

/** JSON Lines have field keys for names, for machines and for moving on. */
const exportFormatSchema = z.enum(['csv', 'xlsx', 'jsonl'])

/** Records of one object as files, both ways, for programs and for lists. */
export const recordFileRoutes = {
  load: defineRoute({
    method: 'POST',
    path: '/api/v1/records/:object/loads',
    summary: {
      zh: '上传文件批量写入（CSV、XLSX 或每行一个 JSON），列名即字段名',
      en: 'Write more rows than fit into a call: a file (CSV, XLSX, JSON Lines) whose columns are called after the fields',
    },
    access: 'signed-in',
    takesFile: true,
    params: z.strictObject({ object: z.string().max(60) }),
    query: z.strictObject({
      /** `upsert`: records found by the field `by` are updated, others made. */
      mode: z.enum(['upsert', 'create', 'update']).default('upsert'),
      /** Field by which a row is recognised again; without it every row makes a record. */
      by: z.string().min(1).max(60).optional(),
    }),
    reply: importSchema,
    success: 202,
  }),
  showLoad: defineRoute({
    method: 'GET',
    path: '/api/v1/records/:object/loads/:id',
    summary: { zh: '批量写入的进度与结果', en: 'Progress and result of a load' },
    access: 'signed-in',
    params: z.strictObject({ object: z.string().max(60), id: z.string().max(60) }),
    reply: importSchema,
  }),
  outcome: defineRoute({
    method: 'GET',
    path: '/api/v1/records/:object/loads/:id/outcome',
    summary: {
      zh: '每一行的结果（每行一个 JSON）',
      en: 'What became of each row of a load that is over, as JSON Lines',
    },
    access: 'signed-in',
    params: z.strictObject({ object: z.string().max(60), id: z.string().max(60) }),
    files: ['application/x-ndjson'],
  }),
  exportRecords: defineRoute({
    method: 'POST',
    path: '/api/v1/records/:object/export',
    reads: true,
    summary: { zh: '导出记录', en: 'The records that a query lists, as a file' },
    access: 'signed-in',
    params: z.strictObject({ object: z.string().max(60) }),
    body: z.strictObject({
      format: exportFormatSchema.default('xlsx'),
      /** What the view is called from which it is exported: the audit tells it. */
      view: z.string().max(200).optional(),
      filter: filterSchema.optional(),
      sort: z
        .array(z.strictObject({ field: z.string().max(100), descending: z.boolean().optional() }))
        .max(5)
        .optional(),
      fields: z.array(z.string().max(100)).max(200).optional(),
    }),
    files: [...tableFiles, 'application/x-ndjson'],
  }),
}
