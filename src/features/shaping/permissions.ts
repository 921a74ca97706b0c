import type { Permission } from '#engine/policy/role.ts'

export const shapingPermissions = [
  {
    key: 'shape.change',
    label: { zh: '自定义对象与字段', en: 'Shape objects and fields' },
    roles: ['administrator', 'operations'],
  },
] as const satisfies readonly Permission[]
