import { lazy, Suspense, useState, type ReactNode } from 'react'
import { Button } from 'antd'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useMe } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { LookSettings } from './LookSettings.tsx'
import type { NavItem } from './Shell.tsx'
import { PageLink } from './PageLink.tsx'
import { useSignOut } from './PersonMenu.tsx'
import { shellWords } from './words.ts'

const PasswordForm = lazy(async () => ({ default: (await import('./PasswordForm.tsx')).PasswordForm }))

interface MePageProps {
  readonly others: readonly NavItem[]
  /** What rooms add to the settings of a person. */
  readonly children?: ReactNode
}

/** 我的: the person, the look, and on a phone the pages that have no tab. */
export function MePage({ others, children }: MePageProps) {
  const t = useWords(shellWords)
  const me = useMe()
  const signOut = useSignOut()
  const [isChanging, setChanging] = useState(false)
  return (
    <BoardPage title={me.person.name} note={[me.person.unitName, me.company.name].filter(Boolean).join(' · ')}>
      {others.length > 0 && (
        <Panel flush>
          <ul className="me-links">
            {others.map((item) => (
              <li key={item.key}>
                <PageLink to={item.to} className="me-link">
                  <span aria-hidden>{item.icon}</span>
                  {item.label}
                </PageLink>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title={t('settings')}>
        <LookSettings />
      </Panel>
      {children}
      <Button size="large" block onClick={() => setChanging(true)}>
        {t('password')}
      </Button>
      <PageLink to="/security" className="me-security">
        {t('security')}
      </PageLink>
      <Button size="large" block danger onClick={() => void signOut()}>
        {t('signOut')}
      </Button>
      {isChanging && (
        <Suspense fallback={null}>
          <PasswordForm onClose={() => setChanging(false)} />
        </Suspense>
      )}
    </BoardPage>
  )
}
