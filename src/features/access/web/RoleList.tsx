import { useState } from 'react'
import { CopyOutlined, DeleteOutlined, PlusOutlined, RollbackOutlined } from '@ant-design/icons'
import { App, Button, Tag } from 'antd'
import { roleLabels } from '#engine/policy/role.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { RoleView } from '../contract.ts'
import { NewRoleDialog } from './NewRoleDialog.tsx'
import { differencesOf } from './role-draft.ts'
import { roleWords } from './role-words.ts'
import type { RolesReply } from './role-draft.ts'
import { useRoleActs } from './use-roles.ts'

/** Every role: how many people hold it, what it is based on, and where it differs. */
export function RoleList({ all }: { readonly all: RolesReply }) {
  const t = useWords(roleWords)
  const [copied, setCopied] = useState<RoleView | 'none'>()
  const own = all.roles.filter((role) => !role.isStandard)
  const lines = (roles: readonly RoleView[]) => (
    <ul className="role-lines">
      {roles.map((role) => (
        <RoleLine key={role.key} role={role} onCopy={() => setCopied(role)} />
      ))}
    </ul>
  )
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCopied('none')}>
      {t('newRole')}
    </Button>
  )
  return (
    <div className="role-stack">
      <Panel title={t('own')} extra={add} flush>
        {own.length > 0 ? lines(own) : <p className="muted role-empty">{t('ownEmpty')}</p>}
      </Panel>
      <Panel title={t('standard')} flush>
        {lines(all.roles.filter((role) => role.isStandard))}
      </Panel>
      {copied && (
        <NewRoleDialog
          roles={all.roles}
          copied={copied === 'none' ? undefined : copied}
          onClose={() => setCopied(undefined)}
        />
      )}
    </div>
  )
}

interface RoleLineProps {
  readonly role: RoleView
  readonly onCopy: () => void
}

function RoleLine({ role, onCopy }: RoleLineProps) {
  const t = useWords(roleWords)
  const label = useLabel()
  const letGo = useLetGo()
  const name = label(role.label)
  const differences = differencesOf(role.definition)
  const canReset = role.isStandard && role.version > 0
  return (
    <li className="role-line">
      {role.isFixed ? (
        <span className="role-name">{name}</span>
      ) : (
        <PageLink to="/access" search={{ role: role.key }} className="role-name" aria-label={t('editName', { name })}>
          {name}
        </PageLink>
      )}
      <span className="muted role-basis">
        {role.isFixed ? t('fixed') : role.isStandard ? '' : t('basedOn', { name: label(roleLabels[role.basis]) })}
      </span>
      <span className="num role-people">{t('people', { n: role.people })}</span>
      <span className="role-marks">
        {!role.isFixed &&
          (differences > 0 ? <Tag color="gold">{t('differs', { n: differences })}</Tag> : <Tag>{t('asStandard')}</Tag>)}
      </span>
      <span className="role-acts">
        {!role.isFixed && (
          <Button
            type="text"
            icon={<CopyOutlined />}
            title={t('copyName', { name })}
            aria-label={t('copyName', { name })}
            onClick={onCopy}
          />
        )}
        {canReset && (
          <Button
            type="text"
            icon={<RollbackOutlined />}
            title={t('resetName', { name })}
            aria-label={t('resetName', { name })}
            onClick={() => letGo(role)}
          />
        )}
        {!role.isStandard && (
          <Button
            type="text"
            icon={<DeleteOutlined />}
            title={t('removeName', { name })}
            aria-label={t('removeName', { name })}
            onClick={() => letGo(role)}
          />
        )}
      </span>
    </li>
  )
}

/** Deletes a role, or sets a standard one back; asks first, for it cannot be undone. */
function useLetGo(): (role: RoleView) => void {
  const t = useWords(roleWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const { modal, message } = App.useApp()
  const acts = useRoleActs()
  return (role) => {
    const name = label(role.label)
    const n = differencesOf(role.definition)
    const isReset = role.isStandard
    modal.confirm({
      title: t(isReset ? 'resetAsk' : 'removeAsk', { name }),
      content: isReset ? t('resetText', { n, people: role.people }) : t('removeText'),
      okText: t(isReset ? 'reset' : 'remove'),
      cancelText: k('cancel'),
      okButtonProps: { danger: !isReset },
      onOk: async () => {
        try {
          await acts.remove(role.key)
          void message.success(t(isReset ? 'wasReset' : 'removed', { name }))
        } catch (problem) {
          void message.error(problemText(problem))
        }
      },
    })
  }
}
