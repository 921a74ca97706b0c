import { App, Button } from 'antd'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import { momentText } from '#web/kit/date-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { SyncRun } from '../contract.ts'
import { changesCounted, isUnderWay, isWaiting } from './run-text.ts'
import { RunState } from './StateTag.tsx'
import { useConnectionActs, useSyncRuns } from './use-workplaces.ts'
import { workplaceWords } from './words.ts'

interface RunsPanelProps {
  readonly brand: WorkplaceBrand
  /** While changes of the connection wait, nothing is begun with the old ones. */
  readonly isTouched: boolean
  readonly onOpen: (run: string) => void
}

/** Begins a preview or a sync, and shows how the latest went. */
export function RunsPanel({ brand, isTouched, onOpen }: RunsPanelProps) {
  const t = useWords(workplaceWords)
  const { message } = App.useApp()
  const runs = useSyncRuns(brand)
  const { start } = useConnectionActs(brand)
  const begin = (isPreview: boolean) =>
    start.mutate(
      { isPreview },
      {
        onSuccess: (run) => (isPreview ? onOpen(run.id) : void message.success(t('started'))),
        onError: (problem) => void message.error(problemText(problem)),
      },
    )
  const isBusy = runs.data?.runs.some(isUnderWay) ?? false
  const isStarting = (isPreview: boolean) => start.isPending && start.variables.isPreview === isPreview
  return (
    <Panel
      title={t('runs')}
      extra={
        <span className="workplace-acts">
          <Button disabled={isBusy || isTouched} loading={isStarting(true)} onClick={() => begin(true)}>
            {t('preview')}
          </Button>
          <Button
            type="primary"
            disabled={isBusy || isTouched}
            loading={isStarting(false)}
            onClick={() => begin(false)}
          >
            {t('syncNow')}
          </Button>
        </span>
      }
    >
      {runs.isPending && <LoadingState rows={3} />}
      {runs.isError && !runs.data && <ErrorState problem={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.data?.runs.length === 0 && (
        <div className="workplace-none">
          <b>{t('noRuns')}</b>
          <p className="muted">{t('noRunsText')}</p>
        </div>
      )}
      {runs.data && (
        <ol className="workplace-lines" aria-live="polite">
          {runs.data.runs.map((run) => (
            <RunLine key={run.id} run={run} isWaiting={isWaiting(run, runs.data.runs)} onOpen={() => onOpen(run.id)} />
          ))}
        </ol>
      )}
    </Panel>
  )
}

interface RunLineProps {
  readonly run: SyncRun
  readonly isWaiting: boolean
  readonly onOpen: () => void
}

function RunLine({ run, isWaiting: waits, onOpen }: RunLineProps) {
  const t = useWords(workplaceWords)
  const label = useLabel()
  const language = useLanguage()
  const name = t(run.isPreview ? 'runPreview' : 'runSync')
  const at = momentText(String(run.startedAt), language)
  return (
    <li className="workplace-line">
      <div>
        <span className="workplace-run">
          <RunState run={run} isWaiting={waits} />
          <b>{name}</b>
          <span className="muted num">
            {at} · {t(run.startedBy === 'schedule' ? 'bySchedule' : 'byPerson')}
          </span>
        </span>
        <p className="workplace-sum">
          {isUnderWay(run) ? <Progressing run={run} /> : run.problem ? label(run.problem) : <CountText run={run} />}
        </p>
      </div>
      <Button size="small" aria-label={t('detailsOf', { at, run: name })} onClick={onOpen}>
        {t('details')}
      </Button>
    </li>
  )
}

export function Progressing({ run: { counts } }: { readonly run: SyncRun }) {
  const t = useWords(workplaceWords)
  return <>{t('read', { departments: counts.departmentsRead, people: counts.peopleRead })}</>
}

function CountText({ run }: { readonly run: SyncRun }) {
  const t = useWords(workplaceWords)
  const language = useLanguage()
  const counted = changesCounted(run.counts)
  if (counted.length === 0) return <>{t('nothingToDo')}</>
  return <>{counted.map(({ key, count }) => t(key, { n: count })).join(language === 'zh' ? '，' : ', ')}</>
}
