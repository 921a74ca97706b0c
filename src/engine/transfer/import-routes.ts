import { z } from 'zod'
import { defineRoute, tableFiles } from '#engine/contract/route.ts'
import { importSchema, undoSchema } from './import-view.ts'
import { previewSchema } from './import-preview.ts'
import { mappingSchema } from './mapping.ts'
import { openedFileSchema } from './opened-file.ts'
import { targetSchema } from './target-view.ts'
import { byIdSchema, sheetFormatSchema } from './wire.ts'

/** One file on its way in: opened, looked at, imported, undone. */
export const importRoutes = {
  targets: defineRoute({
    method: 'GET',
    path: '/api/v1/imports/targets',
    summary: { zh: '可以导入的对象', en: 'What the caller may import' },
    access: 'signed-in',
    reply: z.object({ targets: z.array(targetSchema) }),
  }),
  upload: defineRoute({
    method: 'POST',
    path: '/api/v1/imports/files',
    summary: { zh: '上传要导入的文件（multipart）', en: 'Upload a file to import (multipart, one part named file)' },
    access: 'signed-in',
    takesFile: true,
    reply: openedFileSchema,
  }),
  paste: defineRoute({
    method: 'POST',
    path: '/api/v1/imports/files/paste',
    mostBytes: 20_000_000,
    summary: { zh: '粘贴表格内容', en: 'Hand in cells pasted from a spreadsheet' },
    access: 'signed-in',
    body: z.strictObject({ text: z.string().min(1).max(15_000_000), name: z.string().max(200).optional() }),
    reply: openedFileSchema,
  }),
  open: defineRoute({
    method: 'GET',
    path: '/api/v1/imports/files/:id',
    summary: { zh: '已上传文件的表头与前几行', en: 'Header and first rows of an uploaded file' },
    access: 'signed-in',
    params: byIdSchema,
    query: z.strictObject({ sheet: z.string().max(100).optional() }),
    reply: openedFileSchema,
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
    reply: previewSchema,
  }),
  start: defineRoute({
    method: 'POST',
    path: '/api/v1/imports',
    summary: { zh: '开始导入', en: 'Start an import in the background' },
    access: 'signed-in',
    body: z.strictObject({ fileId: z.string().max(60), mapping: mappingSchema, isDry: z.boolean().optional() }),
    reply: importSchema,
  }),
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/imports',
    summary: { zh: '最近的导入', en: 'The newest imports' },
    access: 'signed-in',
    reply: z.object({ imports: z.array(importSchema) }),
  }),
  show: defineRoute({
    method: 'GET',
    path: '/api/v1/imports/:id',
    summary: { zh: '一次导入的进度与结果', en: 'Progress and result of an import' },
    access: 'signed-in',
    params: byIdSchema,
    reply: importSchema,
  }),
  cancel: defineRoute({
    method: 'POST',
    path: '/api/v1/imports/:id/cancel',
    summary: { zh: '停止导入；已导入的行保留', en: 'Stop an import; rows already saved stay' },
    access: 'signed-in',
    params: byIdSchema,
    reply: importSchema,
  }),
  undo: defineRoute({
    method: 'POST',
    path: '/api/v1/imports/:id/undo',
    summary: {
      zh: '撤销整次导入；之后被改过的记录保持不变',
      en: 'Undo a whole import in the background; records that others changed since stay as they are',
    },
    access: 'signed-in',
    params: byIdSchema,
    reply: importSchema,
  }),
  showUndo: defineRoute({
    method: 'GET',
    path: '/api/v1/imports/:id/undo',
    summary: {
      zh: '撤销会影响什么，哪些记录没有撤销',
      en: 'What undoing would meet, and what an undo left as it is',
    },
    access: 'signed-in',
    params: byIdSchema,
    reply: undoSchema,
  }),
  rejects: defineRoute({
    method: 'GET',
    path: '/api/v1/imports/:id/rejects',
    summary: { zh: '下载未导入的行及原因', en: 'The refused rows with their reasons, as a file' },
    access: 'signed-in',
    params: byIdSchema,
    query: z.strictObject({ format: sheetFormatSchema.default('xlsx') }),
    files: tableFiles,
  }),
}
