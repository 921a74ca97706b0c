import type { Permission } from '#engine/policy/role.ts'

export const moderate: Permission = {
  key: 'comment.moderate',
  label: { zh: '删除他人的评论', en: 'Delete the comments of others' },
  roles: ['administrator'],
}

export const commentPermissions: readonly Permission[] = [moderate]
