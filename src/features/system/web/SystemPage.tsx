import { Button } from 'antd'
import { plainMoment } from '#web/kit/date-text.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { sizeText } from '#web/kit/size-text.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { CheckView } from '../contract.ts'
import { BackupList } from './BackupList.tsx'
import { useSystem, useSystemActs } from './use-system.ts'
import { systemWords } from './words.ts'
import './system.css'

/** Backups, the last check, and how the system is. */
export function SystemPage() {
  const t = useWords(systemWords)
  const system = useSystem()
  const acts = useSystemActs()
  if (!system.isSuccess) {
    return (
      <BoardPage title={t('title')} note={t('note')}>
        {system.isError ? (
          <ErrorState problem={system.error} onRetry={() => void system.refetch()} />
        ) : (
          <LoadingState rows={8} />
        )}
      </BoardPage>
    )
  }
  const { version, installation, check } = system.data
  const isChecking = check?.state === 'queued' || check?.state === 'running'
  return (
    <BoardPage title={t('title')} note={t('note')}>
      <div className="system-panels">
        <Panel
          title={t('backups')}
          extra={
            installation && (
              <Button
                type="primary"
                loading={acts.backUp.isPending || installation.backups.some(({ state }) => state === 'running')}
                onClick={() => acts.backUp.mutate()}
              >
                {t('backUpNow')}
              </Button>
            )
          }
        >
          {installation ? <BackupList {...installation} /> : <p className="muted">{t('shared')}</p>}
        </Panel>
        <Panel
          title={t('check')}
          extra={
            <Button loading={acts.check.isPending || isChecking} onClick={() => acts.check.mutate()}>
              {t('checkNow')}
            </Button>
          }
        >
          <p className="muted">{t('checkNote')}</p>
          <CheckOutcome check={check} />
        </Panel>
        <Panel title={t('state')}>
          <dl className="system-facts">
            <Fact name={t('version')} value={version} />
            {installation && (
              <>
                <Fact name={t('database')} value={sizeText(installation.databaseBytes)} />
                <Fact name={t('events')} value={installation.eventsWaiting} />
                <Fact name={t('parked')} value={installation.eventsParked} />
                <Fact name={t('jobs')} value={`${installation.jobsWaiting} / ${installation.jobsRunning}`} />
                <Fact name={t('failedJobs')} value={installation.jobsFailed} />
              </>
            )}
          </dl>
        </Panel>
      </div>
    </BoardPage>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string | number }) {
  return (
    <div>
      <dt className="muted">{name}</dt>
      <dd className="num">{value}</dd>
    </div>
  )
}

function CheckOutcome({ check }: { readonly check: CheckView | null }) {
  const t = useWords(systemWords)
  const label = useLabel()
  if (!check) return <p>{t('notChecked')}</p>
  const said = {
    queued: t('checking'),
    running: t('checking'),
    failed: t('checkFailed'),
    done: t('checkedAt', { moment: plainMoment(String(check.finishedAt)) }),
  }
  return (
    <>
      <ul className="system-found">
        {check.found.map(({ key, label: name, differences }) => (
          <li key={key} data-differs={differences > 0}>
            <span>{label(name)}</span>
            <span>{differences === 0 ? t('agrees') : t('differs', { count: String(differences) })}</span>
          </li>
        ))}
      </ul>
      <p role="status">{said[check.state]}</p>
    </>
  )
}
