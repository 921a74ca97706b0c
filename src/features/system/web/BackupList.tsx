import { Progress } from 'antd'
import { plainMoment } from '#web/kit/date-text.ts'
import { sizeText } from '#web/kit/size-text.ts'
import { useWords } from '#web/words/use-words.ts'
import type { BackupView } from '../contract.ts'
import { systemWords } from './words.ts'

interface BackupListProps {
  readonly backupAt: string | null
  readonly lastBackup: string | Date | null
  readonly lastFailure: string | Date | null
  readonly backups: readonly BackupView[]
}

/** When a backup last went well or failed, and the newest ones with where they lie. */
export function BackupList({ backupAt, lastBackup, lastFailure, backups }: BackupListProps) {
  const t = useWords(systemWords)
  const moment = (instant: string | Date | null) => (instant === null ? t('never') : plainMoment(String(instant)))
  return (
    <>
      <p className="muted">{backupAt === null ? t('notDaily') : t('daily', { at: backupAt })}</p>
      <dl className="system-facts">
        <div>
          <dt className="muted">{t('last')}</dt>
          <dd className="num">{moment(lastBackup)}</dd>
        </div>
        <div>
          <dt className="muted">{t('lastFailure')}</dt>
          <dd className="num">{moment(lastFailure)}</dd>
        </div>
      </dl>
      {backups.length === 0 ? (
        <p>{t('noBackups')}</p>
      ) : (
        <ul className="system-backups">
          {backups.map((backup) => (
            <BackupLine key={backup.id} backup={backup} />
          ))}
        </ul>
      )}
    </>
  )
}

const reasons = { scheduled: 'scheduledBackup', asked: 'askedBackup', command: 'commandBackup' } as const

function BackupLine({ backup }: { readonly backup: BackupView }) {
  const t = useWords(systemWords)
  const { reason, state, file, host, share, bytes, lostCount, problem, startedAt } = backup
  const percent = Math.floor(share * 100)
  return (
    <li data-state={state}>
      <span className="num">{plainMoment(String(startedAt))}</span>
      <span className="muted">{t(reasons[reason])}</span>
      <span className="num">{bytes === null ? '' : sizeText(bytes)}</span>
      {state === 'running' && (
        <Progress percent={percent} size="small" aria-label={t('running', { percent: String(percent) })} />
      )}
      {state === 'failed' && <span className="system-problem">{t('failed', { problem: problem ?? '' })}</span>}
      {state === 'done' && <span className="muted system-place">{t('place', { host, file })}</span>}
      {(lostCount ?? 0) > 0 && <span className="system-problem">{t('lost', { count: String(lostCount) })}</span>}
    </li>
  )
}
