import { defineErrors } from '#base/errors.ts'

export const keyErrors = defineErrors({
  KEY_NOT_FOUND: { status: 404, label: { zh: '找不到这个密钥', en: 'This key was not found' } },
  KEY_REFUSED: { status: 422, label: { zh: '密钥没有创建', en: 'The key was not made' } },
})

/** A person keeps at most so many. */
export const mostKeys = 50
