import { lazy, Suspense, useState } from 'react'
import { Avatar, Dropdown } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { signOutRoute } from '#engine/contract/sign-in.ts'
import { call } from '#web/api/call.ts'
import { useMe } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { useGo } from './address.ts'
import { LookSettings } from './LookSettings.tsx'
import { shellWords } from './words.ts'

const PasswordForm = lazy(async () => ({ default: (await import('./PasswordForm.tsx')).PasswordForm }))

/** Ends the session here and forgets everything that was shown. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient()
  return async () => {
    await call(signOutRoute, {}).catch(() => undefined)
    client.clear()
    window.location.assign('/sign-in')
  }
}

/** Language, look, password and the way out. */
export function PersonMenu() {
  const t = useWords(shellWords)
  const me = useMe()
  const signOut = useSignOut()
  const go = useGo()
  const [isChanging, setChanging] = useState(false)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        open={isOpen}
        onOpenChange={setOpen}
        popupRender={() => (
          <div className="person-menu" role="dialog" aria-label={t('person', { name: me.person.name })}>
            <div className="person-menu-head">
              <b>{me.person.name}</b>
              <span className="muted">{[me.person.unitName, me.company.name].filter(Boolean).join(' · ')}</span>
            </div>
            <LookSettings />
            <button type="button" className="person-menu-item" onClick={() => (setOpen(false), setChanging(true))}>
              {t('password')}
            </button>
            <button type="button" className="person-menu-item" onClick={() => (setOpen(false), go('/security'))}>
              {t('security')}
            </button>
            <button type="button" className="person-menu-item" onClick={() => void signOut()}>
              {t('signOut')}
            </button>
          </div>
        )}
      >
        <button type="button" className="person-button" aria-haspopup="dialog" aria-expanded={isOpen}>
          <Avatar size={30} style={{ background: 'var(--primary-soft)', color: 'var(--primary)', fontWeight: 600 }}>
            {me.person.name.slice(-1)}
          </Avatar>
          <span className="person-button-name ellipsis">{me.person.name}</span>
        </button>
      </Dropdown>
      {isChanging && (
        <Suspense fallback={null}>
          <PasswordForm onClose={() => setChanging(false)} />
        </Suspense>
      )}
    </>
  )
}
