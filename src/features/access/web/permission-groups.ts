import type { RolesReply } from './role-draft.ts'

export type GroupKey = 'targets' | 'org' | 'records' | 'settings' | 'other'

type Listed = RolesReply['permissions'][number]

/** By the room that declares them: what belongs together for whoever sets up a role. */
const rooms: readonly (readonly [GroupKey, readonly string[]])[] = [
  ['targets', ['plan']],
  ['records', ['record', 'view', 'comment', 'duplicates', 'notices', 'work']],
  ['org', ['org']],
  [
    'settings',
    [
      'shape',
      'metric',
      'rate',
      'access',
      'events',
      'sign_in',
      'signin',
      'audit',
      'system',
      'jobs',
      'webhooks',
      'robots',
      'key',
      'keys',
    ],
  ],
]

/** Permissions in groups, each in the order in which rooms declare them; a room that is not known stands under others. */
export function groupsOf(
  permissions: readonly Listed[],
): readonly { readonly key: GroupKey; readonly permissions: readonly Listed[] }[] {
  const groupOf = ({ key }: Listed): GroupKey =>
    rooms.find(([, names]) => names.includes(key.split('.')[0] ?? ''))?.[0] ?? 'other'
  return [...rooms.map(([key]) => key), 'other' as const]
    .map((key) => ({ key, permissions: permissions.filter((permission) => groupOf(permission) === key) }))
    .filter((group) => group.permissions.length > 0)
}
