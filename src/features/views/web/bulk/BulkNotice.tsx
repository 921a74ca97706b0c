import { Suspense, useEffect, useRef, useState } from 'react'
import { App, Button, Modal, Progress } from 'antd'
import { SkippedByUndo, useForgetRecords, type ScreenObject } from '#features/objects/web/index.tsx'
import { LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import type { BulkView } from '../../bulk-contract.ts'
import { viewWords } from '../words.ts'
import { RefusedDialog } from './RefusedDialog.tsx'
import { isUnderWay, useBulkActs, useBulkRun } from './use-bulk.ts'

interface BulkNoticeProps {
  readonly object: ScreenObject
  readonly first: BulkView
  readonly onClose: () => void
}

/** How far a bulk edit or its undo is, what came of it, and the way back. */
export function BulkNotice({ object, first, onClose }: BulkNoticeProps) {
  const t = useWords(viewWords)
  const k = useWords(kitWords)
  const { message } = App.useApp()
  const forget = useForgetRecords()
  const { data: run, refetch } = useBulkRun(first)
  const { cancel, undo } = useBulkActs()
  const [isListed, setListed] = useState(false)
  const [isLeft, setLeft] = useState(false)
  const isBusy = isUnderWay(run)
  const wasBusy = useRef(isBusy)
  useEffect(() => {
    if (wasBusy.current && !isBusy) void forget()
    wasBusy.current = isBusy
  }, [isBusy, forget])
  const act = async (doIt: () => Promise<unknown>) => {
    try {
      await doIt()
      await refetch()
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const mayUndo = !isBusy && run.undo === null && run.changed > 0
  return (
    <div className="bulk-notice" role="status">
      <span>{useRunWords(run)}</span>
      {isBusy && <Progress percent={percentOf(run)} size="small" aria-label={t('progress')} />}
      <div className="bulk-notice-acts">
        {isBusy && run.undo === null && (
          <Button size="small" loading={cancel.isPending} onClick={() => void act(() => cancel.mutateAsync(run.id))}>
            {k('cancel')}
          </Button>
        )}
        {mayUndo && (
          <Button
            size="small"
            type="primary"
            loading={undo.isPending}
            onClick={() => void act(() => undo.mutateAsync(run.id))}
          >
            {k('undo')}
          </Button>
        )}
        {!isBusy && run.refused > 0 && (
          <Button size="small" onClick={() => setListed(true)}>
            {t('seeRefused')}
          </Button>
        )}
        {!isBusy && run.undo && run.undo.skipped > 0 && (
          <Button size="small" onClick={() => setLeft(true)}>
            {t('seeSkipped')}
          </Button>
        )}
        {!isBusy && (
          <Button size="small" onClick={onClose}>
            {k('close')}
          </Button>
        )}
      </div>
      {isListed && <RefusedDialog object={object} id={run.id} onClose={() => setListed(false)} />}
      {isLeft && (
        <Modal
          open
          title={t('refusedTitle')}
          footer={null}
          onCancel={() => setLeft(false)}
          closable={{ 'aria-label': k('close') }}
        >
          <Suspense fallback={<LoadingState rows={2} />}>
            <SkippedByUndo operationId={run.operationId} />
          </Suspense>
        </Modal>
      )}
    </div>
  )
}

function percentOf({ undo, rowsTotal, changed, unchanged, refused }: BulkView): number {
  const [done, all] = undo ? [undo.changesDone, undo.changesTotal] : [changed + unchanged + refused, rowsTotal]
  return all === 0 ? 0 : Math.floor((done / all) * 100)
}

function useRunWords(run: BulkView): string {
  const t = useWords(viewWords)
  const { state, undo, act, changed, unchanged, refused, rowsTotal } = run
  const n = (count: number) => count.toLocaleString('en-US')
  if (undo) {
    if (undo.state === 'done') {
      return undo.skipped > 0
        ? t('undoneExcept', { n: n(undo.restored), skipped: n(undo.skipped) })
        : t('undoneAll', { n: n(undo.restored) })
    }
    return undo.state === 'failed' ? t('undoFailed') : t('undoing')
  }
  if (state === 'queued' || state === 'running') {
    return t(act === 'delete' ? 'deleting' : 'changing', { n: n(changed + unchanged + refused), all: n(rowsTotal) })
  }
  const words = t(act === 'delete' ? 'deletedMany' : 'changedMany', { n: n(changed) })
  const same = unchanged > 0 ? t('unchangedMany', { n: n(unchanged) }) : ''
  const rest = refused > 0 ? t('refusedMany', { n: n(refused) }) : ''
  const end = state === 'cancelled' ? t('wasCancelled') : state === 'failed' ? t('hasFailed') : ''
  return [words, same, rest, end].filter(Boolean).join(' ')
}
