import { RollbackOutlined } from '@ant-design/icons'
import { Button, Switch, Tag } from 'antd'
import { standardRole, holds, type RoleDefinition } from '#engine/policy/company-role.ts'
import type { Role } from '#engine/policy/role.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { groupsOf } from './permission-groups.ts'
import { isHeld, withPermission } from './role-draft.ts'
import { roleWords } from './role-words.ts'
import type { RolesReply } from './role-draft.ts'

interface PermissionSwitchesProps {
  readonly role: { readonly basis: Role; readonly definition: RoleDefinition }
  readonly permissions: RolesReply['permissions']
  readonly onChange: (definition: RoleDefinition) => void
}

/** What a role may do besides working on records, in groups; where it differs from the standard role is marked. */
export function PermissionSwitches({ role, permissions, onChange }: PermissionSwitchesProps) {
  const t = useWords(roleWords)
  const label = useLabel()
  return (
    <div className="role-groups">
      {groupsOf(permissions).map((group) => (
        <section key={group.key} aria-label={t(`group_${group.key}`)}>
          <h3>{t(`group_${group.key}`)}</h3>
          {group.permissions.map((permission) => {
            const name = label(permission.label)
            const isDifferent = role.definition.permissions?.[permission.key] !== undefined
            return (
              <div key={permission.key} className="role-switch" data-different={isDifferent}>
                <Switch
                  size="small"
                  aria-label={name}
                  checked={isHeld(role, permission)}
                  onChange={(isOn) => onChange(withPermission(role, permission, isOn))}
                />
                <span aria-hidden>{name}</span>
                {isDifferent && (
                  <>
                    <Tag color="gold">{t('different')}</Tag>
                    <Button
                      type="text"
                      size="small"
                      icon={<RollbackOutlined />}
                      title={t('backToStandard')}
                      aria-label={t('backOf', { name })}
                      onClick={() =>
                        onChange(withPermission(role, permission, holds(standardRole(role.basis), permission)))
                      }
                    />
                  </>
                )}
              </div>
            )
          })}
        </section>
      ))}
    </div>
  )
}
