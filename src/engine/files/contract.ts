import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { fileKinds } from './file-kinds.ts'

const ofRecord = z.strictObject({ object: z.string().max(60), id: z.string().max(60) })
const ofFile = z.strictObject({ id: z.string().max(60) })
const moment = z.union([z.date(), z.string()])

const attachment = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Media type, by what the content was found to be. */
  type: z.string(),
  /** Bytes. */
  size: z.number(),
  /** Of images, as they are looked at. */
  width: z.number().nullable(),
  height: z.number().nullable(),
  /** A small version can be asked for. */
  hasPreview: z.boolean(),
  /** The file field whose value it is; null: it lies beside the record. */
  field: z.string().nullable(),
  personId: z.uuid().nullable(),
  personName: z.string().nullable(),
  createdAt: moment,
  /** In the recycle bin since then. */
  deletedAt: moment.nullable(),
  /** May the caller delete it? */
  canRemove: z.boolean(),
})
export type AttachmentView = z.infer<typeof attachment>

/** Named in the transaction of the change; a file field's values are told with its record. */
export const fileEvents = ['file.attached', 'file.removed', 'file.restored'] as const

const anyType = [...new Set(Object.values(fileKinds).map(({ type }) => type))]

export const fileRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/records/:object/:id/files',
    summary: { zh: '一条记录的附件', en: 'The files of a record' },
    access: 'signed-in',
    params: ofRecord,
    query: z.strictObject({
      /** Those in the recycle bin too. */
      removed: z.enum(['true', 'false']).optional(),
    }),
    reply: z.object({
      /** The newest 500. */
      files: z.array(attachment),
      hasMore: z.boolean(),
      canAttach: z.boolean(),
    }),
  }),
  attach: defineRoute({
    method: 'POST',
    path: '/api/v1/records/:object/:id/files',
    summary: { zh: '给记录添加附件（multipart）', en: 'Attach a file to a record (multipart, one part named file)' },
    access: 'signed-in',
    params: ofRecord,
    takesFile: true,
    success: 201,
    reply: attachment,
  }),
  uploadValue: defineRoute({
    method: 'POST',
    path: '/api/v1/files/:object/:field',
    summary: {
      zh: '上传文件字段的文件；保存记录时把它的编号填入字段（multipart）',
      en: 'Upload a file for a file field; its id becomes a value when a record is saved with it (multipart)',
    },
    access: 'signed-in',
    params: z.strictObject({ object: z.string().max(60), field: z.string().max(100) }),
    takesFile: true,
    success: 201,
    reply: attachment,
  }),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/v1/files/:id',
    summary: { zh: '删除附件（30 天内可恢复）', en: 'Put a file into the recycle bin; it can come back for 30 days' },
    access: 'signed-in',
    params: ofFile,
  }),
  restore: defineRoute({
    method: 'POST',
    path: '/api/v1/files/:id/restore',
    summary: { zh: '恢复附件', en: 'Bring a file back from the recycle bin' },
    access: 'signed-in',
    params: ofFile,
    reply: attachment,
  }),
  content: defineRoute({
    method: 'GET',
    path: '/api/v1/files/:id/content',
    summary: { zh: '附件的内容，可分段读取', en: 'The content of a file, whole or a range of it' },
    access: 'signed-in',
    params: ofFile,
    query: z.strictObject({
      /** Images are shown, everything else is saved; `save` saves images too. */
      as: z.enum(['save']).optional(),
    }),
    files: anyType,
  }),
  preview: defineRoute({
    method: 'GET',
    path: '/api/v1/files/:id/preview',
    summary: { zh: '图片的缩略图', en: 'A small version of an image, or one to look at on a screen' },
    access: 'signed-in',
    params: ofFile,
    query: z.strictObject({
      /** `middle`: at most 1,600 pixels; the image itself where it is no larger. */
      size: z.enum(['small', 'middle']).optional(),
    }),
    files: anyType,
  }),
  usage: defineRoute({
    method: 'GET',
    path: '/api/v1/files/usage',
    summary: {
      zh: '附件占用的空间与上限',
      en: 'How much room the files of the company take, and how large one may be',
    },
    access: 'signed-in',
    reply: z.object({
      count: z.number(),
      /** Of the whole company, those in the recycle bin too. */
      bytes: z.number(),
      mostBytesPerFile: z.number(),
      /** Of the whole company; null: no limit. */
      mostBytes: z.number().nullable(),
    }),
  }),
}
