import { defineErrors } from '#base/errors.ts'

/** Of one merge no more records are moved: it is one transaction, and one undo. */
export const mostMoved = 5000

/** A merge can be undone for so many days. */
export const daysToUndo = 30

export const mergeErrors = defineErrors({
  MERGE_NOT_FOUND: { status: 404, label: { zh: '找不到这次合并', en: 'This merge was not found' } },
  MERGE_MEANWHILE: {
    status: 409,
    label: {
      zh: '其中的记录刚刚被合并到另一条，请重新打开',
      en: 'One of these records was just merged into another; please open them again',
    },
  },
  MERGE_PROTECTED: {
    status: 409,
    label: {
      zh: '“{title}”受保护，不能被合并掉：{reason}',
      en: '“{title}” is protected and cannot be merged away: {reason}',
    },
  },
  MERGE_HELD: {
    status: 409,
    label: {
      zh: '“{title}”（{object}）不能改到保留的记录上',
      en: '“{title}” ({objectEn}) cannot be moved to the record that stays',
    },
  },
  MERGE_HELD_UNSEEN: {
    status: 409,
    label: {
      zh: '有一条您看不到的{object}记录不能改到保留的记录上，请联系管理员',
      en: 'A record out of your reach ({objectEn}) cannot be moved to the record that stays; an administrator can help',
    },
  },
  MERGE_TOO_LARGE: {
    status: 422,
    label: {
      zh: '引用这些记录的记录超过 {most} 条，不能一次合并；请先把一部分改到保留的记录上',
      en: 'More than {most} records refer to these; move some of them to the record that stays first',
    },
  },
  MERGE_UNDONE: { status: 409, label: { zh: '这次合并已经撤销', en: 'This merge is undone already' } },
  MERGE_TOO_OLD: {
    status: 409,
    label: { zh: '合并已超过 {days} 天，不能再撤销', en: 'A merge can be undone for {days} days only' },
  },
})
