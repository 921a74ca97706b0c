import { useEffect, useRef } from 'react'
import { Alert, Spin } from 'antd'
import { useMutation } from '@tanstack/react-query'
import { problemText } from '#web/kit/problem-text.ts'
import { PageLink } from '../PageLink.tsx'
import { EntryFrame } from './EntryFrame.tsx'
import { useEnter } from './use-enter.ts'

interface HandOnAnswerProps {
  /** Gives the server what the other side put behind the `?` of the address; answers where to go. */
  readonly finish: (answer: string) => Promise<{ readonly next: string }>
  readonly words: { readonly waiting: string; readonly failed: string; readonly back: string }
}

/** Where another system sends people back after they proved who they are there: its answer is handed on, once. */
export function HandOnAnswer({ finish, words }: HandOnAnswerProps) {
  const enter = useEnter()
  const { mutate, isError, error } = useMutation({ mutationFn: finish, onSuccess: ({ next }) => enter(next) })
  const isHandedOn = useRef(false)
  useEffect(() => {
    if (isHandedOn.current) return
    isHandedOn.current = true
    mutate(window.location.search)
  }, [mutate])
  if (!isError) {
    return (
      <EntryFrame title={words.waiting}>
        <Spin />
      </EntryFrame>
    )
  }
  return (
    <EntryFrame title={words.failed}>
      <Alert type="error" showIcon title={problemText(error)} className="entry-alert" />
      <p className="entry-note">
        <PageLink to="/sign-in">{words.back}</PageLink>
      </p>
    </EntryFrame>
  )
}
