import { useState } from 'react'
import { Alert, App, Button, Tag } from 'antd'
import type { Label } from '#base/label.ts'
import type { RoleDefinition } from '#engine/policy/company-role.ts'
import { roleLabels } from '#engine/policy/role.ts'
import { ApiProblem } from '#web/api/problem.ts'
import { EditorPage } from '#web/kit/PageShape.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useUnsavedGuard } from '#web/kit/use-unsaved-guard.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { RoleView } from '../contract.ts'
import { ObjectMatrix } from './ObjectMatrix.tsx'
import { PermissionSwitches } from './PermissionSwitches.tsx'
import { ReachChoice } from './ReachChoice.tsx'
import { differencesOf, isSameDefinition } from './role-draft.ts'
import { faultsElsewhere } from './role-faults.ts'
import { RoleNames } from './RoleNames.tsx'
import { roleWords } from './role-words.ts'
import type { RolesReply } from './role-draft.ts'
import { useRoleActs, useRoleList, written } from './use-roles.ts'

interface RoleEditorProps {
  readonly role: RoleView
  readonly all: RolesReply
}

/** Everything that a role may do; nothing holds before all of it is saved as one change. */
export function RoleEditor({ role: newest, all }: RoleEditorProps) {
  const t = useWords(roleWords)
  const label = useLabel()
  const { message } = App.useApp()
  const acts = useRoleActs()
  const list = useRoleList()
  /** As it was when these changes began: what somebody else saves meanwhile does not take them away. */
  const [role, setRole] = useState(newest)
  const [name, setName] = useState<Label>(role.label)
  const [definition, setDefinition] = useState<RoleDefinition>(role.definition)
  const [problem, setProblem] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const isRenamed = name.zh !== role.label.zh || name.en !== role.label.en
  const isTouched = isRenamed || !isSameDefinition(definition, role.definition)
  useUnsavedGuard(isTouched, (address) => String(address.get('role')))

  const draft = { basis: role.basis, definition }
  const change = (next: RoleDefinition) => {
    setProblem(undefined)
    setDefinition(next)
  }
  const beginWith = (next: RoleView) => {
    setRole(next)
    setName(next.label)
    change(next.definition)
  }
  if (!isTouched && newest.version !== role.version && !isBusy) beginWith(newest)
  const loadNewest = async () => {
    const { data } = await list.refetch()
    const found = data?.roles.find(({ key }) => key === role.key)
    if (found) beginWith(found)
  }
  const save = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      const trimmedName = { zh: name.zh.trim(), en: name.en.trim() }
      const { version } = await acts.change(role.key, { label: trimmedName, definition, version: role.version })
      setRole({ ...role, label: trimmedName, definition: written(definition), version })
      setName(trimmedName)
      void message.success(t('saved'))
    } catch (refusal) {
      setProblem(refusal)
      const isInPlace = refusal instanceof ApiProblem && (refusal.faults.length > 0 || isConflict(refusal))
      if (!isInPlace) void message.error(problemText(refusal))
    } finally {
      setBusy(false)
    }
  }
  const differences = differencesOf(definition)
  const others = faultsElsewhere(problem)
  return (
    <EditorPage
      grows
      crumbs={<PageLink to="/access">{t('back')}</PageLink>}
      title={label(role.label)}
      note={
        <>
          {role.isStandard ? t('standard') : t('basedOn', { name: label(roleLabels[role.basis]) })} ·{' '}
          {t('people', { n: role.people })}{' '}
          {differences > 0 && <Tag color="gold">{t('differs', { n: differences })}</Tag>}
        </>
      }
      actions={differences > 0 && <Button onClick={() => change({})}>{t('allBack')}</Button>}
      footer={
        isTouched && (
          <>
            <span className="role-unsaved" role="status">
              {t('changes')}
            </span>
            <Button onClick={() => beginWith(role)}>{t('discard')}</Button>
            <Button type="primary" loading={isBusy} onClick={() => void save()}>
              {t('save')}
            </Button>
          </>
        )
      }
    >
      <div className="role-stack">
        {isConflict(problem) && (
          <Alert
            type="warning"
            showIcon
            title={t('conflict')}
            description={t('conflictText')}
            action={<Button onClick={() => void loadNewest()}>{t('loadNewest')}</Button>}
          />
        )}
        {problem instanceof ApiProblem && problem.faults.length > 0 && (
          <Alert type="error" showIcon title={[t('refused'), ...others].join(' ')} />
        )}
        {!role.isStandard && (
          <RoleNames value={name} problem={problem} onChange={(next) => (setProblem(undefined), setName(next))} />
        )}
        <Panel title={t('reach')}>
          <ReachChoice role={draft} onChange={change} />
        </Panel>
        <Panel title={t('acts')}>
          <PermissionSwitches role={draft} permissions={all.permissions} onChange={change} />
        </Panel>
        <Panel title={t('objects')}>
          <ObjectMatrix role={draft} objects={all.objects} problem={problem} onChange={change} />
        </Panel>
      </div>
    </EditorPage>
  )
}

const isConflict = (problem: unknown): boolean => problem instanceof ApiProblem && problem.code === 'ACCESS_CHANGED'
