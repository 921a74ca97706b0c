import { Alert, Button } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import type { Suspicion } from './use-duplicates.ts'
import { objectWords } from './words.ts'

interface DuplicateNoticeProps {
  readonly object: string
  readonly suspicions: readonly Suspicion[]
  /** Saves all the same; absent where that is not offered. */
  readonly onConfirm: (() => void) | undefined
  readonly isBusy: boolean
}

/** The records that this one may be. They open beside, so that nothing typed is lost. */
export function DuplicateNotice({ object, suspicions, onConfirm, isBusy }: DuplicateNoticeProps) {
  const t = useWords(objectWords)
  if (suspicions.length === 0) return null
  const isBlocked = suspicions.some(({ code }) => code === 'duplicate')
  return (
    <Alert
      type={isBlocked ? 'error' : 'warning'}
      showIcon
      className="form-faults duplicate-notice"
      title={t(isBlocked ? 'duplicateTitle' : 'suspectedTitle')}
      description={
        <>
          <ul>
            {suspicions.map(({ message, suspect }, at) => (
              <li key={suspect.id ?? at}>
                {message}{' '}
                {suspect.id && (
                  <a href={`/records/${object}/${suspect.id}`} target="_blank" rel="noreferrer">
                    {t('openSuspect')}
                  </a>
                )}
              </li>
            ))}
          </ul>
          {onConfirm && (
            <Button size="small" loading={isBusy} onClick={onConfirm}>
              {t('saveAnyway')}
            </Button>
          )}
        </>
      }
    />
  )
}
