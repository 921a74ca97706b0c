import type { Field, ObjectType } from '#engine/model/object-type.ts'

/** Records of such an object are natural persons: what names them is personal. */
export function isPersonal({
  title,
  fields,
}: {
  readonly title: string
  readonly fields: readonly Pick<Field, 'key' | 'personal'>[]
}): boolean {
  return fields.some((field) => field.key === title && field.personal === true)
}

const label = (zh: string, en: string) => ({ zh, en })

/** A colleague as a subject of personal data; people are no business records, but are told apart alike. */
export const colleagueType: ObjectType = {
  key: 'person',
  label: label('人员', 'Person'),
  labelOfMany: label('人员', 'People'),
  table: 'person',
  title: 'name',
  rights: { read: [], create: [], update: [], delete: [], transfer: [], import: [], export: [] },
  defaultSort: [],
  fields: [
    { key: 'name', type: 'text', label: label('姓名', 'Name'), personal: true },
    { key: 'employeeNo', type: 'text', label: label('工号', 'Employee no.'), personal: true },
    { key: 'email', type: 'email', label: label('邮箱', 'E-mail'), personal: true },
    { key: 'phone', type: 'phone', label: label('手机', 'Phone'), personal: true },
  ],
}
