import { defineErrors } from '#base/errors.ts'

export const reorganisationErrors = defineErrors({
  REORGANISATION_NOT_FOUND: { status: 404, label: { zh: '没有这个调整方案', en: 'There is no such reorganisation' } },
  REORGANISATION_CHANGED: {
    status: 409,
    label: { zh: '方案“{name}”刚被别人修改', en: 'Somebody else just changed “{name}”' },
  },
  REORGANISATION_REFUSED: { status: 422, label: { zh: '这个调整不成立', en: 'This reorganisation is not possible' } },
})
