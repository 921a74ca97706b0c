import { useEffect, useRef } from 'react'
import { App, Button, Modal, Progress } from 'antd'
import { momentText } from '#web/kit/date-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { useForgetRecords } from '../use-records.ts'
import { objectWords } from '../words.ts'
import { SkippedByUndo } from './SkippedByUndo.tsx'
import { useOperation, useUndoOperation, type OperationView } from './use-trace.ts'
import { historyWords } from './words.ts'

interface OperationDialogProps {
  readonly id: string
  readonly onClose: () => void
}

/** The operation over many records that a change was part of, and its undo. */
export function OperationDialog({ id, onClose }: OperationDialogProps) {
  const t = useWords(historyWords)
  const k = useWords(kitWords)
  const operation = useOperation(id)
  const kind = operation.data?.run.kind
  const n = (operation.data?.records ?? 0).toLocaleString('en-US')
  const title =
    kind === 'merge'
      ? t('mergeTitle', { n })
      : t('operationTitle', { kind: kind === 'import' ? t('byImport') : t('byBulk'), n })
  return (
    <Modal
      open
      footer={null}
      title={operation.data ? title : '…'}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      {operation.isPending && <LoadingState rows={2} />}
      {operation.isError && <ErrorState problem={operation.error} />}
      {operation.data && <OperationUndo operation={operation.data} />}
    </Modal>
  )
}

function OperationUndo({ operation }: { readonly operation: OperationView }) {
  const t = useWords(historyWords)
  const o = useWords(objectWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const forget = useForgetRecords()
  const start = useUndoOperation()
  const { undo } = operation
  const isBusy = undo?.state === 'queued' || undo?.state === 'running'
  const wasBusy = useRef(isBusy)
  useEffect(() => {
    if (wasBusy.current && !isBusy) void forget()
    wasBusy.current = isBusy
  }, [isBusy, forget])
  const takeBack = async () => {
    try {
      await start.mutateAsync(operation.id)
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const n = (count: number) => count.toLocaleString('en-US')
  return (
    <div className="history-operation">
      <p className="muted">
        {t('operationBy', {
          name: operation.personName ?? o('system'),
          at: momentText(String(operation.at), language),
        })}
      </p>
      {undo && isBusy && (
        <>
          <span role="status">{t('undoing', { n: n(undo.changesDone), all: n(undo.changesTotal) })}</span>
          <Progress percent={Math.floor((undo.changesDone / Math.max(undo.changesTotal, 1)) * 100)} size="small" />
        </>
      )}
      {undo?.state === 'done' && (
        <p role="status">{t('undoDone', { n: n(undo.restored), skipped: n(undo.skipped) })}</p>
      )}
      {undo?.state === 'done' && undo.skipped > 0 && <SkippedByUndo operationId={operation.id} />}
      {undo?.state === 'failed' && <p role="status">{t('undoFailed')}</p>}
      {(!undo || undo.state === 'failed') && (
        <Button danger loading={start.isPending} onClick={() => void takeBack()}>
          {t('undoAll')}
        </Button>
      )}
    </div>
  )
}
