import type { Permission } from '#engine/policy/role.ts'

/** To see the imports, uploads and bulk edits of everybody, and undo them. */
export const oversee: Permission = {
  key: 'work.oversee',
  label: { zh: '查看所有人的导入与批量操作', en: 'See everybody’s imports and bulk edits' },
  roles: ['administrator', 'operations'],
}
