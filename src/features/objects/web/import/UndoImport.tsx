import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { UndoOutlined } from '@ant-design/icons'
import { Alert, App, Button, Modal } from 'antd'
import type { ImportView } from '#engine/transfer/import-view.ts'
import { grouped } from '#engine/money/short-form.ts'
import { dayText, localToday } from '#web/kit/date-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { UndoOutcome } from './UndoOutcome.tsx'
import { importsKey, useUndo, useUndoView } from './use-imports.ts'
import { importWords } from './words.ts'

/** Takes a whole import back, while that may be done; afterwards what came of it. */
export function UndoImport({ run }: { readonly run: ImportView }) {
  const t = useWords(importWords)
  const language = useLanguage()
  const [isAsking, setAsking] = useState(false)
  const undo = useStartUndo(run.id)
  if (run.undo) return <UndoOutcome run={run} undo={run.undo} onAgain={() => void undo.start()} />
  if (run.undoableUntil === null) return null
  const until = dayText(localToday(new Date(run.undoableUntil)), language)
  return (
    <div className="import-row">
      <Button icon={<UndoOutlined />} onClick={() => setAsking(true)}>
        {t('undoImport')}
      </Button>
      <span className="muted">{t('undoUntil', { day: until })}</span>
      {isAsking && (
        <Confirm
          run={run}
          isBusy={undo.isPending}
          onYes={() => void undo.start().then(() => setAsking(false))}
          onNo={() => setAsking(false)}
        />
      )}
    </div>
  )
}

function useStartUndo(id: string) {
  const undo = useUndo()
  const client = useQueryClient()
  const { message } = App.useApp()
  const start = async () => {
    try {
      await undo.mutateAsync(id)
    } catch (problem) {
      void message.error(problemText(problem))
    }
    await client.invalidateQueries({ queryKey: importsKey })
  }
  return { start, isPending: undo.isPending }
}

interface ConfirmProps {
  readonly run: ImportView
  readonly isBusy: boolean
  readonly onYes: () => void
  readonly onNo: () => void
}

/** Says what undoing would do before it is done. */
function Confirm({ run, isBusy, onYes, onNo }: ConfirmProps) {
  const t = useWords(importWords)
  const k = useWords(kitWords)
  const view = useUndoView(run.id)
  const untouched = view.data ? view.data.records - view.data.touched : 0
  return (
    <Modal
      open
      title={t('undoTitle', { name: run.fileName })}
      okText={t('undoYes', { n: grouped(String(untouched)) })}
      okButtonProps={{ danger: true, disabled: untouched === 0, loading: isBusy }}
      cancelText={k('cancel')}
      closable={{ 'aria-label': k('close') }}
      onOk={onYes}
      onCancel={onNo}
    >
      {view.isPending && <LoadingState />}
      {view.error && <ErrorState problem={view.error} onRetry={() => void view.refetch()} />}
      {view.data && (
        <div className="import-summary">
          {run.created > 0 && <p>{t('undoCreated', { n: grouped(String(run.created)) })}</p>}
          {run.updated > 0 && <p>{t('undoUpdated', { n: grouped(String(run.updated)) })}</p>}
          {view.data.touched > 0 && (
            <Alert
              type="warning"
              showIcon
              title={untouched === 0 ? t('undoNothing') : t('undoTouched', { n: grouped(String(view.data.touched)) })}
            />
          )}
        </div>
      )}
    </Modal>
  )
}
