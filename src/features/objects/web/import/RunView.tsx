import { useEffect } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { DownloadOutlined } from '@ant-design/icons'
import { Alert, App, Button, Progress, Tag } from 'antd'
import { transferRoutes } from '#engine/transfer/contract.ts'
import type { ImportView } from '#engine/transfer/import-view.ts'
import type { TargetView } from '#engine/transfer/target-view.ts'
import { inWords } from '#base/label.ts'
import { grouped } from '#engine/money/short-form.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { usePeopleNames } from '../use-people.ts'
import { Notes } from './Notes.tsx'
import { fileAddress, isUnderWay, isUndoUnderWay, useSetRuns, useStart } from './use-imports.ts'
import { StateTag } from './StateTag.tsx'
import { UndoImport } from './UndoImport.tsx'
import { importWords } from './words.ts'

interface RunViewProps {
  readonly setId: string
  readonly targets: readonly TargetView[]
  readonly onAgain: () => void
}

/** How far the import is, and what came of it. The page may be left: the address brings it back. */
export function RunView({ setId, targets, onAgain }: RunViewProps) {
  const t = useWords(importWords)
  const { message } = App.useApp()
  const client = useQueryClient()
  const runs = useSetRuns(setId)
  const { cancel } = useStart()
  const isOver = runs.data !== undefined && !runs.data.some(isUnderWay)
  const isUndoing = runs.data?.some(isUndoUnderWay) ?? false
  useEffect(() => {
    // Lists and figures elsewhere are from before.
    if (isOver && !isUndoing) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'imports' })
  }, [client, isOver, isUndoing])
  if (runs.isPending) return <LoadingState />
  if (runs.error) return <ErrorState problem={runs.error} onRetry={() => void runs.refetch()} />
  const first = runs.data[0]
  const stop = async () => {
    if (!first) return
    try {
      await cancel.mutateAsync(first.id)
      await runs.refetch()
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  return (
    <Panel title={first?.setName ?? first?.fileName ?? ''}>
      {runs.data.map((run) => (
        <RunLine key={run.id} run={run} target={targets.find((one) => one.object === run.object)} />
      ))}
      <div className="import-foot">
        {isOver ? (
          <Button type="primary" onClick={onAgain}>
            {t('again')}
          </Button>
        ) : (
          <>
            <span className="muted">{t('mayLeave')}</span>
            <Button danger loading={cancel.isPending} onClick={() => void stop()}>
              {t('stop')}
            </Button>
          </>
        )}
      </div>
    </Panel>
  )
}

const progressStates = {
  queued: 'normal',
  running: 'active',
  done: 'success',
  cancelled: 'normal',
  failed: 'exception',
} as const

function RunLine({ run, target }: { readonly run: ImportView; readonly target: TargetView | undefined }) {
  const t = useWords(importWords)
  const label = useLabel()
  const language = useLanguage()
  const total = run.rowsTotal ?? 0
  const percent = run.state === 'done' ? 100 : total === 0 ? 0 : Math.floor((run.rowsRead / total) * 100)
  const name = target ? label(target.label) : run.object
  return (
    <div className="import-run">
      <div className="import-row">
        <strong>{name}</strong>
        <span className="muted">{run.fileName}</span>
        <StateTag state={run.state} />
        {run.isDry && <Tag>{t('rehearsed')}</Tag>}
      </div>
      <Progress
        aria-label={`${name} ${t(run.state)}`}
        percent={percent}
        status={progressStates[run.state]}
        format={() => `${grouped(String(run.rowsRead))} / ${grouped(String(total))}`}
      />
      <div className="import-row" aria-live="polite">
        <Count word={t('created')} count={run.created} />
        <Count word={t('updated')} count={run.updated} />
        <Count word={t('unchanged')} count={run.unchanged} />
        <Count word={t('rejected')} count={run.rejected} />
        {run.skipped > 0 && <span className="muted">{t('skipped', { n: run.skipped })}</span>}
      </div>
      <Notes notes={run.notes} />
      {run.mapping.owners.length > 0 && <AssignedTo owners={run.mapping.owners} />}
      {run.problem && (
        <Alert
          type="error"
          showIcon
          title={inWords(run.problem.label, language, run.problem.params)}
          description={run.problem.faults
            ?.map((fault) => inWords(fault.label, language, fault.params))
            .join(language === 'zh' ? '；' : '; ')}
        />
      )}
      {run.rejected > 0 && !run.isFileKept && <p className="muted">{t('notKept')}</p>}
      {run.rejected > 0 && run.isFileKept && (
        <Alert
          className="import-rejects"
          type="warning"
          showIcon
          title={t('rejectsHint')}
          action={
            <Button icon={<DownloadOutlined />} href={fileAddress(transferRoutes.rejects.path, { id: run.id }, 'xlsx')}>
              {t('downloadRejects')}
            </Button>
          }
        />
      )}
      {run.state === 'done' && !run.isDry && run.object !== 'org' && (
        <PageLink to={`/records/${run.object}`}>{t('seeRecords')}</PageLink>
      )}
      <UndoImport run={run} />
    </div>
  )
}

/** To whom records went in turn; owners are names, or keys where two people have the same name. */
function AssignedTo({ owners }: { readonly owners: readonly string[] }) {
  const t = useWords(importWords)
  const language = useLanguage()
  const people = usePeopleNames()
  const names = owners.map((one) => people.get(one) ?? one).join(language === 'zh' ? '、' : ', ')
  return <p className="muted">{t('assignedInTurn', { names })}</p>
}

function Count({ word, count }: { readonly word: string; readonly count: number }) {
  return (
    <span className="import-count">
      {word} <strong className="number">{grouped(String(count))}</strong>
    </span>
  )
}
