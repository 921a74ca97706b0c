import { lazy, Suspense, useState } from 'react'
import { App, Button, Modal, Space } from 'antd'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  endOtherSessionsRoute,
  endSecondFactorRoute,
  endSessionRoute,
  renewRecoveryCodesRoute,
  securityRoute,
  type Security,
} from '#engine/contract/security.ts'
import { call } from '#web/api/call.ts'
import { momentText } from '#web/kit/date-text.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { PasswordAsk } from './PasswordAsk.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { SessionList } from './SessionList.tsx'
import { SetUpFactor } from './SetUpFactor.tsx'
import { securityWords } from './security-words.ts'
import './sign-in.css'

const PasswordForm = lazy(async () => ({ default: (await import('#web/shell/PasswordForm.tsx')).PasswordForm }))
const securityKey = ['security'] as const

/** What protects the own door, and where one is signed in. */
export function SecurityPage() {
  const t = useWords(securityWords)
  const security = useQuery({ queryKey: securityKey, queryFn: ({ signal }) => call(securityRoute, { signal }) })
  return (
    <BoardPage title={t('title')} note={t('note')}>
      {security.isPending && <LoadingState rows={8} />}
      {security.isError && <ErrorState problem={security.error} onRetry={() => void security.refetch()} />}
      {security.data && (
        <>
          <PasswordPanel hasPassword={security.data.hasPassword} />
          {security.data.hasPassword && <FactorPanel {...security.data.secondFactor} />}
          <SessionsPanel sessions={security.data.sessions} />
        </>
      )}
    </BoardPage>
  )
}

function PasswordPanel({ hasPassword }: { readonly hasPassword: boolean }) {
  const t = useWords(securityWords)
  const client = useQueryClient()
  const [isChanging, setChanging] = useState(false)
  const close = () => {
    setChanging(false)
    void client.invalidateQueries({ queryKey: securityKey })
  }
  return (
    <Panel title={t('password')}>
      <p className="muted security-text">{t(hasPassword ? 'passwordText' : 'noPassword')}</p>
      {hasPassword && (
        <div>
          <Button onClick={() => setChanging(true)}>{t('changePassword')}</Button>
        </div>
      )}
      {isChanging && (
        <Suspense fallback={null}>
          <PasswordForm onClose={close} />
        </Suspense>
      )}
    </Panel>
  )
}

type Doing = 'on' | 'off' | 'codes'

function FactorPanel({ isOn, since, recoveryCodesLeft, isRequired }: Security['secondFactor']) {
  const t = useWords(securityWords)
  const k = useWords(kitWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [doing, setDoing] = useState<Doing>()
  const [codes, setCodes] = useState<readonly string[]>()
  const close = () => {
    setDoing(undefined)
    setCodes(undefined)
    void client.invalidateQueries({ queryKey: securityKey })
  }
  return (
    <Panel
      title={t('factor')}
      extra={
        isOn && <span className="sign-in-mark">{t('factorOn', { since: momentText(String(since), language) })}</span>
      }
    >
      <p className="muted security-text">
        {isOn ? t('codesLeft', { n: recoveryCodesLeft }) : t('factorOff')} {isRequired && t('factorRequired')}
      </p>
      <Space wrap>
        {!isOn && (
          <Button type="primary" onClick={() => setDoing('on')}>
            {t('turnOn')}
          </Button>
        )}
        {isOn && <Button onClick={() => setDoing('codes')}>{t('newCodes')}</Button>}
        {isOn && !isRequired && (
          <Button danger onClick={() => setDoing('off')}>
            {t('turnOff')}
          </Button>
        )}
      </Space>
      {doing === 'on' && (
        <Modal open title={t('factor')} footer={null} onCancel={close} closable={{ 'aria-label': k('close') }}>
          <SetUpFactor onDone={close} />
        </Modal>
      )}
      {doing === 'off' && (
        <PasswordAsk
          title={t('turnOff')}
          act={(password) => call(endSecondFactorRoute, { body: { password } })}
          onDone={() => {
            void message.success(t('turnedOff'))
            close()
          }}
          onClose={close}
        />
      )}
      {doing === 'codes' && !codes && (
        <PasswordAsk
          title={t('newCodes')}
          act={(password) => call(renewRecoveryCodesRoute, { body: { password } })}
          onDone={({ recoveryCodes }) => setCodes(recoveryCodes)}
          onClose={close}
        />
      )}
      {codes && (
        <Modal open title={t('newCodes')} footer={null} onCancel={close} closable={{ 'aria-label': k('close') }}>
          <RecoveryCodes codes={codes} onKept={close} />
        </Modal>
      )}
    </Panel>
  )
}

function SessionsPanel({ sessions }: { readonly sessions: Security['sessions'] }) {
  const t = useWords(securityWords)
  const { message } = App.useApp()
  const client = useQueryClient()
  const options = {
    onError: (problem: unknown) => void message.error(problemText(problem)),
    onSettled: () => client.invalidateQueries({ queryKey: securityKey }),
  }
  const endOne = useMutation({
    mutationFn: (id: string) => call(endSessionRoute, { params: { id } }),
    onSuccess: () => void message.success(t('endedOne')),
    ...options,
  })
  const endOthers = useMutation({
    mutationFn: () => call(endOtherSessionsRoute, {}),
    onSuccess: ({ ended }) => void message.success(t('ended', { n: ended })),
    ...options,
  })
  const hasOthers = sessions.some((session) => !session.isCurrent)
  return (
    <Panel
      title={t('sessions')}
      extra={
        hasOthers && (
          <Button danger loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t('endOthers')}
          </Button>
        )
      }
    >
      <SessionList sessions={sessions} onEnd={(id) => endOne.mutate(id)} />
    </Panel>
  )
}
