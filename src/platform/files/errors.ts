import { defineErrors, type AppError } from '#base/errors.ts'
import type { Label, LabelParams } from '#base/label.ts'

const kinds = defineErrors({
  FILE_NOT_FOUND: { status: 404, label: { zh: '找不到这个文件', en: 'This file was not found' } },
  FILE_LOST: {
    status: 404,
    label: {
      zh: '文件的内容不在存储中，请联系管理员',
      en: 'The content is missing from the store; tell an administrator',
    },
  },
  FILE_REFUSED: { status: 422, label: { zh: '没有接受这个文件', en: 'The file was not accepted' } },
  FILE_TOO_LARGE: { status: 413, label: { zh: '文件超过 {most} MB', en: 'The file is larger than {most} MB' } },
  RANGE_NOT_THERE: { status: 416, label: { zh: '文件没有这一段', en: 'The file has no such range' } },
  FIELD_TAKES_NO_FILES: { status: 404, label: { zh: '没有这个文件字段', en: 'There is no such file field' } },
  NOT_YOURS_TO_REMOVE: {
    status: 403,
    label: {
      zh: '只有上传者和能修改这条记录的人可以删除它',
      en: 'Only who uploaded it, or may change the record, can delete it',
    },
  },
})

const reasons = {
  missing: { zh: '请选择一个文件', en: 'Choose a file' },
  broken: { zh: '上传中断，请重试', en: 'The upload broke off; try again' },
  empty: { zh: '文件是空的', en: 'The file is empty' },
  kind: { zh: '不接受“.{ending}”文件', en: 'Files that end in “.{ending}” are not taken' },
  noEnding: { zh: '文件名没有扩展名，无法判断类型', en: 'The name has no ending that tells what the file is' },
  disguised: {
    zh: '扩展名是“.{ending}”，内容却是“{found}”',
    en: 'The name ends in “.{ending}”, but the content is “{found}”',
  },
  unlike: { zh: '内容不是“.{ending}”文件', en: 'The content is not that of a “.{ending}” file' },
  notImage: { zh: '这里只能放图片', en: 'Only images go here' },
  gone: { zh: '文件已不在，或属于别的记录，请重新上传', en: 'The file is gone or belongs elsewhere; upload it again' },
} satisfies Record<string, Label>

export const fileErrors = {
  ...kinds,
  /** The upload, and why it is not taken. */
  refused: (code: keyof typeof reasons, params?: LabelParams): AppError => {
    const fault = { field: 'file', code, label: reasons[code], ...(params ? { params } : {}) }
    return kinds.FILE_REFUSED({}, [fault])
  },
}
