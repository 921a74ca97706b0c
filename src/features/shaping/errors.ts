import { defineErrors } from '#base/errors.ts'

export const shapingErrors = defineErrors({
  SHAPE_REFUSED: { status: 422, label: { zh: '还不能这样设置', en: 'It cannot be set up like this yet' } },
  SHAPE_OBJECT_NOT_FOUND: { status: 404, label: { zh: '没有这个对象', en: 'There is no such object' } },
  SHAPE_FIELD_NOT_FOUND: { status: 404, label: { zh: '没有这个自定义字段', en: 'There is no such custom field' } },
})

/** Events that the room tells. */
export const shapeChanged = 'shape.changed'
