import { Tabs } from 'antd'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { RoleEditor } from './RoleEditor.tsx'
import { RoleList } from './RoleList.tsx'
import { RuleList } from './RuleList.tsx'
import { roleWords } from './role-words.ts'
import { useRoleList } from './use-roles.ts'
import './roles.css'

/** Roles and sharing rules, or the role that the address names. */
export function AccessPage() {
  const t = useWords(roleWords)
  const { role: key, tab = 'roles' } = useAddress()
  const change = useChangeAddress()
  const list = useRoleList()
  if (key !== undefined && list.data) {
    const role = list.data.roles.find((one) => one.key === key)
    if (role) return <RoleEditor key={key} role={role} all={list.data} />
    const back = <PageLink to="/access">{t('back')}</PageLink>
    return <EmptyState title={t('gone')} text={t('goneText')} action={back} />
  }
  const roles = (
    <>
      {list.isPending && <LoadingState rows={8} />}
      {list.isError && !list.data && <ErrorState problem={list.error} onRetry={() => void list.refetch()} />}
      {list.data && <RoleList all={list.data} />}
    </>
  )
  return (
    <BoardPage title={t('title')} note={t('note')}>
      <Tabs
        activeKey={tab}
        onChange={(next) => change({ tab: next === 'roles' ? undefined : next }, { isQuiet: true })}
        items={[
          { key: 'roles', label: t('roles'), children: roles },
          { key: 'rules', label: t('rules'), children: <RuleList /> },
        ]}
      />
    </BoardPage>
  )
}
