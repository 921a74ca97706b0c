import type { ReactNode } from 'react'
import { Button, Skeleton } from 'antd'
import { ApiProblem } from '#web/api/problem.ts'
import { useWords } from '#web/words/use-words.ts'
import { StateDrawing } from './StateDrawing.tsx'
import { kitWords } from './words.ts'

interface EmptyProps {
  readonly title: string
  /** What this page is for, and an example. */
  readonly text?: ReactNode
  readonly action?: ReactNode
}

/** Nothing here yet: says what belongs here and offers the next action. */
export function EmptyState({ title, text, action }: EmptyProps) {
  return (
    <div className="page-state">
      <StateDrawing kind="empty" />
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {action && <div className="page-state-action">{action}</div>}
    </div>
  )
}

interface ErrorProps {
  readonly problem: unknown
  readonly onRetry?: (() => void) | undefined
}

/** What happened, what was kept, what to do; a missing permission is named. */
export function ErrorState({ problem, onRetry }: ErrorProps) {
  const t = useWords(kitWords)
  const known = problem instanceof ApiProblem ? problem : undefined
  const status = known?.status
  const title =
    status === 0
      ? t('offlineTitle')
      : status === 403
        ? t('forbiddenTitle')
        : status === 404
          ? t('notFoundTitle')
          : (known?.faults.length ? undefined : known?.title) || t('errorTitle')
  const text =
    status === 0
      ? t('offlineText')
      : status === 403
        ? known?.detail || t('forbiddenText')
        : status === 404
          ? t('notFoundText')
          : failureText(known) || t('errorText')
  return (
    <div className="page-state" role="alert">
      <StateDrawing kind={status === 403 ? 'forbidden' : 'error'} />
      <h2>{title}</h2>
      <p>{text}</p>
      {known?.requestId && status !== 403 && status !== 404 && (
        <p className="muted">{t('requestNumber', { id: known.requestId })}</p>
      )}
      {onRetry && status !== 403 && status !== 404 && (
        <div className="page-state-action">
          <Button onClick={onRetry}>{t('retry')}</Button>
        </div>
      )}
    </div>
  )
}

// Where no form is shown no field is marked: what is wrong with each is said here. A detail that repeats the title is not.
function failureText(problem: ApiProblem | undefined): string | undefined {
  if (problem?.faults.length) return [...new Set(problem.faults.map((fault) => fault.message))].join(' ')
  return problem?.detail === problem?.title ? undefined : problem?.detail
}

interface LoadingProps {
  readonly rows?: number
}

/** The shape of what is coming, so that nothing jumps when it arrives. */
export function LoadingState({ rows = 6 }: LoadingProps) {
  const t = useWords(kitWords)
  return (
    <div className="page-loading" role="status" aria-label={t('loading')}>
      <Skeleton active title={{ width: '30%' }} paragraph={{ rows }} />
    </div>
  )
}
