import { useEffect, useRef } from 'react'
import { Alert, Spin } from 'antd'
import { useMutation } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { EntryFrame } from '#web/shell/entry/EntryFrame.tsx'
import { useEnter } from '#web/shell/entry/use-enter.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { finishSsoRoute } from '../contract.ts'
import { doorWords } from './words.ts'

/** Where the identity provider sends people back: its answer is handed on, once. */
export function BackPage() {
  const t = useWords(doorWords)
  const enter = useEnter()
  const { mutate, isError, error } = useMutation({
    mutationFn: (answer: string) => call(finishSsoRoute, { body: { answer } }),
    onSuccess: ({ next }) => enter(next),
  })
  const isHandedOn = useRef(false)
  useEffect(() => {
    if (isHandedOn.current) return
    isHandedOn.current = true
    mutate(window.location.search)
  }, [mutate])
  if (!isError) {
    return (
      <EntryFrame title={t('signingIn')}>
        <Spin />
      </EntryFrame>
    )
  }
  return (
    <EntryFrame title={t('ssoFailed')}>
      <Alert type="error" showIcon title={problemText(error)} className="entry-alert" />
      <p className="entry-note">
        <PageLink to="/sign-in">{t('back')}</PageLink>
      </p>
    </EntryFrame>
  )
}
