import { z } from 'zod'
import { defineRoute, tableFiles } from '#engine/contract/route.ts'
import { importSchema } from './import-view.ts'
import { importSetSchema, mappingSchema } from './mapping.ts'
import { byIdSchema, sheetFormatSchema } from './wire.ts'

const description = z.object({
  id: z.string(),
  kind: z.enum(['mapping', 'set']),
  object: z.string().nullable(),
  name: z.string(),
  /** A mapping or a set, as files on the command line have it. */
  description: z.unknown(),
})

/** Sets of files, templates to fill in, and the descriptions that are kept of both. */
export const descriptionRoutes = {
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
    reply: z.object({ setId: z.string(), imports: z.array(importSchema) }),
  }),
  showSet: defineRoute({
    method: 'GET',
    path: '/api/v1/imports/sets/:id',
    summary: { zh: '一组导入的进度', en: 'Progress of a set' },
    access: 'signed-in',
    params: byIdSchema,
    reply: z.object({ setId: z.string(), imports: z.array(importSchema) }),
  }),
  template: defineRoute({
    method: 'GET',
    path: '/api/v1/imports/templates/:object',
    summary: { zh: '下载导入模板', en: 'A template to fill in' },
    access: 'signed-in',
    params: z.strictObject({ object: z.string().max(60) }),
    query: z.strictObject({ format: sheetFormatSchema.default('xlsx') }),
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
    params: byIdSchema,
  }),
}
