import { defineErrors } from '#base/errors.ts'

/** Most records that one bulk edit may change. */
export const mostRows = 100_000

export const bulkErrors = defineErrors({
  BULK_NOT_FOUND: { status: 404, label: { zh: '找不到这次批量操作', en: 'This bulk edit was not found' } },
  BULK_NOTHING: {
    status: 422,
    label: { zh: '没有可以修改的记录', en: 'There are no records to change' },
  },
  BULK_TOO_MANY: {
    status: 422,
    label: {
      zh: '一次最多修改 {most} 条记录，请先筛选',
      en: 'At most {most} records are changed at once; filter first',
    },
  },
  BULK_REFUSED_WHOLE: {
    status: 422,
    label: { zh: '有的行不对，因此一行也没有保存', en: 'Some rows are not valid, so none was saved' },
  },
  BULK_NOT_RUNNING: { status: 409, label: { zh: '这次批量操作已经结束', en: 'This bulk edit has ended already' } },
  BULK_RUNNING: {
    status: 409,
    label: { zh: '还在进行，请等它结束或先取消', en: 'It is still running; wait for its end or cancel it first' },
  },
})
