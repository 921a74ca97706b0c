import { z } from 'zod'
import { defineRoute, tableFiles } from '#engine/contract/route.ts'
import { filterSchema } from '#engine/query/filter.ts'
import { importSetSchema, mappingSchema } from './mapping.ts'

const label = z.object({ zh: z.string(), en: z.string() })
const fieldFault = z.object({
  /** Key of the field; empty when the whole row is meant. */
  field: z.string(),
  code: z.string(),
  label,
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
const instant = z.union([z.date(), z.string()]).nullable()
const byId = z.strictObject({ id: z.string().max(60) })
const format = z.enum(['csv', 'xlsx'])
/** JSON Lines have field keys for names, for machines and for moving on. */
const exportFormat = z.enum(['csv', 'xlsx', 'jsonl'])

const targetField = z.object({
  key: z.string(),
  label,
  type: z.string(),
  help: label.optional(),
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  choices: z.array(z.object({ key: z.string(), label })).optional(),
  /** Fields by which the record referred to can be looked up, besides its title. */
  lookups: z.array(z.object({ key: z.string(), label })).optional(),
  to: z.string().optional(),
  /** Other names that headers go by. */
  aliases: z.array(z.string()).optional(),
})

export type TargetFieldView = z.infer<typeof targetField>

const target = z.object({
  object: z.string(),
  label,
  title: z.string(),
  keys: z.array(z.string()),
  fields: z.array(targetField),
})
export type TargetView = z.infer<typeof target>

const note = z.object({
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

const ready = z.object({
  source: label,
  /** What the other product calls such records. */
  kind: label,
  mapping: mappingSchema,
})
export type ReadyView = z.infer<typeof ready>

const openedFile = z.object({
  file: z.object({ id: z.string(), name: z.string(), size: z.number() }),
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
  headers: z.array(z.string()),
  notes: z.array(note),
  /** The first rows as they stand in the file. */
  samples: z.array(z.array(z.string())),
  /** Exports of other products that the headers show, with the mapping that is ready for them, best first. */
  ready: z.array(ready),
})
export type OpenedFile = z.infer<typeof openedFile>

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
  finishedAt: instant,
})

const importRun = z.object({
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
      label,
      params: z.record(z.string(), z.union([z.string(), z.number()])),
      faults: z.array(fieldFault).optional(),
    })
    .nullable(),
  createdByName: z.string().nullable(),
  createdAt: instant,
  startedAt: instant,
  finishedAt: instant,
  /** What reading the file noticed: unused columns, doubled headers, no rows. */
  notes: z.array(note),
  mapping: mappingSchema,
  /** False once the file and the refused rows are no longer kept. */
  isFileKept: z.boolean(),
  /** Until when it may be undone as a whole; null if it may not, or was. */
  undoableUntil: instant,
  undo: undo.nullable(),
})
export type ImportView = z.infer<typeof importRun>

const undoView = z.object({
  /** Records that the import changed, and of these the ones that others changed since. */
  records: z.number(),
  touched: z.number(),
  /** Records that the undo left as they are, the first 200. */
  skipped: z.array(
    z.object({ object: z.string(), recordId: z.string(), title: z.string().nullable(), faults: z.array(fieldFault) }),
  ),
})
export type UndoView = z.infer<typeof undoView>

const previewRow = z.object({
  line: z.number(),
  cells: z.array(z.string()),
  /** What the row becomes, by field key: choices by key, references and owners as written. */
  values: z.record(z.string(), z.unknown()),
  faults: z.array(fieldFault),
  doubts: z.array(fieldFault),
})

const preview = z.object({
  /** The mapping that the preview used: the proposed one, unless one was given. */
  mapping: mappingSchema,
  headers: z.array(z.string()),
  sheets: z.array(z.string()),
  notes: z.array(note),
  /** What is wrong with the mapping itself; it cannot run before this is empty. */
  mappingFaults: z.array(fieldFault),
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
export type ImportPreview = z.infer<typeof preview>

export type ImportNote = z.infer<typeof note>

const description = z.object({
  id: z.string(),
  kind: z.enum(['mapping', 'set']),
  object: z.string().nullable(),
  name: z.string(),
  /** A mapping or a set, as files on the command line have it. */
  description: z.unknown(),
})

export const transferRoutes = {
  targets: defineRoute({
    method: 'GET',
    path: '/api/v1/imports/targets',
    summary: { zh: '可以导入的对象', en: 'What the caller may import' },
    access: 'signed-in',
    reply: z.object({ targets: z.array(target) }),
  }),
  upload: defineRoute({
    method: 'POST',
    path: '/api/v1/imports/files',
    summary: { zh: '上传要导入的文件（multipart）', en: 'Upload a file to import (multipart, one part named file)' },
    access: 'signed-in',
    takesFile: true,
    reply: openedFile,
  }),
  paste: defineRoute({
    method: 'POST',
    path: '/api/v1/imports/files/paste',
    mostBytes: 20_000_000,
    summary: { zh: '粘贴表格内容', en: 'Hand in cells pasted from a spreadsheet' },
    access: 'signed-in',
    body: z.strictObject({ text: z.string().min(1).max(15_000_000), name: z.string().max(200).optional() }),
    reply: openedFile,
  }),
  open: defineRoute({
    method: 'GET',
    path: '/api/v1/imports/files/:id',
    summary: { zh: '已上传文件的表头与前几行', en: 'Header and first rows of an uploaded file' },
    access: 'signed-in',
    params: byId,
    query: z.strictObject({ sheet: z.string().max(100).optional() }),
    reply: openedFile,
  }),
  preview: defineRoute({
    method: 'POST',
    path: '/api/v1/imports/preview',
    reads: true,
    summary: {
      zh: '预览导入结果',
      en: 'What an import would do, with errors in place; proposes a mapping when none is given',
    },
    access: 'signed-in',
    body: z.strictObject({
      fileId: z.string().max(60),
      object: z.string().max(60),
      sheet: z.string().max(100).optional(),
      mapping: mappingSchema.optional(),
      /** Look at the first rows only. */
      rows: z.number().int().min(1).max(300_000).optional(),
    }),
    reply: preview,
  }),
  start: defineRoute({
    method: 'POST',
    path: '/api/v1/imports',
    summary: { zh: '开始导入', en: 'Start an import in the background' },
    access: 'signed-in',
    body: z.strictObject({ fileId: z.string().max(60), mapping: mappingSchema, isDry: z.boolean().optional() }),
    reply: importRun,
  }),
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/imports',
    summary: { zh: '最近的导入', en: 'The newest imports' },
    access: 'signed-in',
    reply: z.object({ imports: z.array(importRun) }),
  }),
  show: defineRoute({
    method: 'GET',
    path: '/api/v1/imports/:id',
    summary: { zh: '一次导入的进度与结果', en: 'Progress and result of an import' },
    access: 'signed-in',
    params: byId,
    reply: importRun,
  }),
  cancel: defineRoute({
    method: 'POST',
    path: '/api/v1/imports/:id/cancel',
    summary: { zh: '停止导入；已导入的行保留', en: 'Stop an import; rows already saved stay' },
    access: 'signed-in',
    params: byId,
    reply: importRun,
  }),
  undo: defineRoute({
    method: 'POST',
    path: '/api/v1/imports/:id/undo',
    summary: {
      zh: '撤销整次导入；之后被改过的记录保持不变',
      en: 'Undo a whole import in the background; records that others changed since stay as they are',
    },
    access: 'signed-in',
    params: byId,
    reply: importRun,
  }),
  showUndo: defineRoute({
    method: 'GET',
    path: '/api/v1/imports/:id/undo',
    summary: {
      zh: '撤销会影响什么，哪些记录没有撤销',
      en: 'What undoing would meet, and what an undo left as it is',
    },
    access: 'signed-in',
    params: byId,
    reply: undoView,
  }),
  rejects: defineRoute({
    method: 'GET',
    path: '/api/v1/imports/:id/rejects',
    summary: { zh: '下载未导入的行及原因', en: 'The refused rows with their reasons, as a file' },
    access: 'signed-in',
    params: byId,
    query: z.strictObject({ format: format.default('xlsx') }),
    files: tableFiles,
  }),
  startSet: defineRoute({
    method: 'POST',
    path: '/api/v1/imports/sets',
    summary: { zh: '按说明依次导入一组文件', en: 'Import a described set of files, one after the other' },
    access: 'signed-in',
    body: z.strictObject({
      set: importSetSchema,
      /** Name of the file in the set → id of the uploaded file. */
      files: z.record(z.string().max(255), z.string().max(60)),
    }),
    reply: z.object({ setId: z.string(), imports: z.array(importRun) }),
  }),
  showSet: defineRoute({
    method: 'GET',
    path: '/api/v1/imports/sets/:id',
    summary: { zh: '一组导入的进度', en: 'Progress of a set' },
    access: 'signed-in',
    params: byId,
    reply: z.object({ setId: z.string(), imports: z.array(importRun) }),
  }),
  template: defineRoute({
    method: 'GET',
    path: '/api/v1/imports/templates/:object',
    summary: { zh: '下载导入模板', en: 'A template to fill in' },
    access: 'signed-in',
    params: z.strictObject({ object: z.string().max(60) }),
    query: z.strictObject({ format: format.default('xlsx') }),
    files: tableFiles,
  }),
  descriptions: defineRoute({
    method: 'GET',
    path: '/api/v1/imports/descriptions',
    summary: { zh: '保存的导入说明', en: 'Descriptions of imports that were kept' },
    access: 'signed-in',
    reply: z.object({ descriptions: z.array(description) }),
  }),
  saveDescription: defineRoute({
    method: 'POST',
    path: '/api/v1/imports/descriptions',
    summary: { zh: '保存导入说明；同名的被替换', en: 'Keep a description; one of the same name is replaced' },
    access: 'signed-in',
    body: z.strictObject({
      name: z.string().trim().min(1).max(200),
      mapping: mappingSchema.optional(),
      set: importSetSchema.optional(),
    }),
    reply: description,
  }),
  removeDescription: defineRoute({
    method: 'DELETE',
    path: '/api/v1/imports/descriptions/:id',
    summary: { zh: '删除导入说明', en: 'Remove a description' },
    access: 'signed-in',
    params: byId,
  }),
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
    reply: importRun,
    success: 202,
  }),
  showLoad: defineRoute({
    method: 'GET',
    path: '/api/v1/records/:object/loads/:id',
    summary: { zh: '批量写入的进度与结果', en: 'Progress and result of a load' },
    access: 'signed-in',
    params: z.strictObject({ object: z.string().max(60), id: z.string().max(60) }),
    reply: importRun,
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
      format: exportFormat.default('xlsx'),
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
