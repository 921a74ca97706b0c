import { defineErrors } from '#base/errors.ts'

export const commentErrors = defineErrors({
  COMMENT_NOT_FOUND: { status: 404, label: { zh: '找不到这条评论', en: 'This comment was not found' } },
  COMMENT_NOT_YOURS: {
    status: 403,
    label: { zh: '只能修改或删除自己写的评论', en: 'Only own comments can be changed or deleted' },
  },
  MENTION_INVALID: { status: 422, label: { zh: '提到的人有误', en: 'Somebody mentioned is not known' } },
})
