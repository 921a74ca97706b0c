import { useEffect, useRef } from 'react'
import { Alert, Spin } from 'antd'
import { useMutation } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { EntryFrame } from '#web/shell/entry/EntryFrame.tsx'
import { useEnter } from '#web/shell/entry/use-enter.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { workplaceRoutes } from '../contract.ts'
import { workplaceDoorWords } from './door-words.ts'

/** Where the brand sends people back after they scanned: its answer is handed on, once. */
export function WorkplaceBackPage() {
  const t = useWords(workplaceDoorWords)
  const enter = useEnter()
  const { mutate, isError, error } = useMutation({
    mutationFn: (answer: string) => call(workplaceRoutes.finish, { body: { answer } }),
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
    <EntryFrame title={t('failed')}>
      <Alert type="error" showIcon title={problemText(error)} className="entry-alert" />
      <p className="entry-note">
        <PageLink to="/sign-in">{t('back')}</PageLink>
      </p>
    </EntryFrame>
  )
}
