import { defineErrors } from '#base/errors.ts'

export const privacyErrors = defineErrors({
  SUBJECT_NOT_FOUND: { status: 404, label: { zh: '找不到此人', en: 'This person was not found' } },
  RUN_NOT_FOUND: { status: 404, label: { zh: '找不到，或已过期', en: 'Not found, or expired' } },
  NOT_CONFIRMED: { status: 422, label: { zh: '输入的姓名不一致', en: 'The name that was typed is another one' } },
  STILL_ACTIVE: {
    status: 409,
    label: { zh: '“{name}”仍在职，请先停用', en: '“{name}” is still active; deactivate the person first' },
  },
  ERASURE_UNDER_WAY: { status: 409, label: { zh: '已在删除中', en: 'The erasure is under way already' } },
})
