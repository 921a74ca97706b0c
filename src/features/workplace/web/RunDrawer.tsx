import { useEffect } from 'react'
import { Alert, App, Button, Drawer, Spin, Tag } from 'antd'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import { momentText } from '#web/kit/date-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { brandNames } from '../brand-names.ts'
import type { SyncRun } from '../contract.ts'
import { ChangeList } from './ChangeList.tsx'
import { changesCounted, isUnderWay, isWaiting } from './run-text.ts'
import { Progressing } from './RunsPanel.tsx'
import { RunState, StateTag } from './StateTag.tsx'
import { useConnectionActs, useSyncRun, useSyncRuns } from './use-workplaces.ts'
import { workplaceWords } from './words.ts'

interface RunDrawerProps {
  readonly brand: WorkplaceBrand
  readonly id: string
  readonly onClose: () => void
}

/** A run and each of its changes; what waits for a decision is decided here. */
export function RunDrawer({ brand, id, onClose }: RunDrawerProps) {
  const t = useWords(workplaceWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const isPhone = useIsPhone()
  const found = useSyncRun(brand, id)
  const runs = useSyncRuns(brand).data?.runs ?? []
  const run = found.data?.pages[0]?.run
  const changes = found.data?.pages.flatMap((page) => page.changes) ?? []
  const name = label(brandNames[brand])
  useReadToProblems(found, run?.counts.failed ?? 0)
  return (
    <Drawer
      open
      size={isPhone ? '100%' : 640}
      title={t('runTitle', { run: t(run?.isPreview === false ? 'runSync' : 'runPreview'), name })}
      onClose={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      {found.isPending && <LoadingState rows={8} />}
      {found.isError && !found.data && <ErrorState problem={found.error} onRetry={() => void found.refetch()} />}
      {run && <RunHead run={run} brand={brand} isWaiting={isWaiting(run, runs)} onClose={onClose} />}
      {run && !isUnderWay(run) && <ChangeList changes={changes} isWhole={!found.hasNextPage} />}
      {found.hasNextPage && (
        <Button type="link" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('moreChanges')}
        </Button>
      )}
    </Drawer>
  )
}

/** What could not be done stands first, wherever in the run it was: it is read on until all of that is there. */
function useReadToProblems(found: ReturnType<typeof useSyncRun>, failed: number): void {
  const { data, hasNextPage, isFetching, fetchNextPage } = found
  const seen = data?.pages.flatMap((page) => page.changes).filter((change) => change.problem !== null).length ?? 0
  const isShort = seen < failed && hasNextPage && !isFetching
  useEffect(() => {
    if (isShort) void fetchNextPage()
  }, [isShort, fetchNextPage])
}

interface RunHeadProps {
  readonly run: SyncRun
  readonly brand: WorkplaceBrand
  /** For somebody's word whether it is carried out. */
  readonly isWaiting: boolean
  readonly onClose: () => void
}

function RunHead({ run, brand, isWaiting: waits, onClose }: RunHeadProps) {
  const t = useWords(workplaceWords)
  const language = useLanguage()
  const counted = changesCounted(run.counts)
  return (
    <div className="workplace-run-head">
      <p className="workplace-run" role="status">
        <RunState run={run} isWaiting={waits} />
        <span className="muted num">{momentText(String(run.startedAt), language)}</span>
        {isUnderWay(run) && <Spin size="small" />}
        <span className="num">
          <Progressing run={run} />
        </span>
      </p>
      <RunWord run={run} />
      {counted.length > 0 && (
        <div className="workplace-counts">
          {counted.map(({ key, count }) =>
            key === 'failed' ? (
              <StateTag key={key} state="failed">
                {t(key, { n: count })}
              </StateTag>
            ) : (
              <Tag key={key}>{t(key, { n: count })}</Tag>
            ),
          )}
        </div>
      )}
      {run.state === 'done' && counted.length === 0 && <Alert type="success" showIcon title={t('nothingToDo')} />}
      <RunActs run={run} brand={brand} isWaiting={waits} onClose={onClose} />
    </div>
  )
}

/** What the state of the run means, and why it came to it. */
function RunWord({ run }: { readonly run: SyncRun }) {
  const t = useWords(workplaceWords)
  const label = useLabel()
  const why = run.problem ? label(run.problem) : undefined
  const detail = run.detail ? <code className="workplace-detail">{run.detail}</code> : undefined
  if (run.state === 'held') {
    return (
      <Alert
        type="warning"
        showIcon
        title={t(run.isPreview ? 'wouldHold' : 'heldTitle')}
        description={
          <>
            {why ?? t('heldText')} {detail}
          </>
        }
      />
    )
  }
  if (run.state === 'failed' || run.state === 'partly') {
    const isFailed = run.state === 'failed'
    return (
      <Alert
        type={isFailed ? 'error' : 'warning'}
        showIcon
        title={t(isFailed ? 'failedTitle' : 'partlyTitle')}
        description={
          <>
            {why} {detail}
          </>
        }
      />
    )
  }
  return run.isPreview && run.state === 'done' ? <p className="muted">{t('previewOnly')}</p> : null
}

/** A preview can be followed by the sync itself; a held run is carried out by whoever looked at it. */
function RunActs({ run, brand, isWaiting: waits, onClose }: RunHeadProps) {
  const t = useWords(workplaceWords)
  const k = useWords(kitWords)
  const { message, modal } = App.useApp()
  const { start } = useConnectionActs(brand)
  const begin = (confirm: boolean) =>
    start.mutateAsync({ isPreview: false, ...(confirm ? { confirm } : {}) }).then(
      () => {
        void message.success(t('started'))
        onClose()
      },
      (problem: unknown) => void message.error(problemText(problem)),
    )
  if (waits) {
    const { peopleDeactivated, unitsClosed } = run.counts
    const ask = () =>
      modal.confirm({
        title: t('carryOutAsk'),
        content: t('carryOutText', { people: peopleDeactivated, units: unitsClosed }),
        okText: t('carryOut'),
        cancelText: k('cancel'),
        okButtonProps: { danger: true },
        onOk: () => begin(true),
      })
    return (
      <Button danger onClick={ask}>
        {t('carryOut')}
      </Button>
    )
  }
  if (!run.isPreview || run.state !== 'done' || changesCounted(run.counts).length === 0) return null
  return (
    <Button type="primary" loading={start.isPending} onClick={() => void begin(false)}>
      {t('syncNow')}
    </Button>
  )
}
