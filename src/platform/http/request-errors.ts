import { defineErrors } from '#base/errors.ts'

/** What headers of a request may ask in vain. */
export const requestErrors = defineErrors({
  PRECONDITION_FAILED: {
    status: 412,
    label: { zh: '这条记录已不是您看到的版本', en: 'The record is no longer the version that you saw' },
  },
  IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    label: {
      zh: 'Idempotency-Key 须为 1–200 个可见 ASCII 字符',
      en: 'An Idempotency-Key has 1–200 visible characters',
    },
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    label: {
      zh: '这个 Idempotency-Key 已用于另一个请求',
      en: 'This Idempotency-Key was used for another request already',
    },
  },
  IDEMPOTENCY_KEY_BUSY: {
    status: 409,
    label: {
      zh: '同一 Idempotency-Key 的请求还在处理，请稍后重试',
      en: 'A request with this Idempotency-Key is still under way; try again in a moment',
    },
  },
  IDEMPOTENCY_NOT_HERE: {
    status: 400,
    label: { zh: '这个接口不接受 Idempotency-Key', en: 'This route takes no Idempotency-Key' },
  },
})
