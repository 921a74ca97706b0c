import { useState } from 'react'
import { App, Button, Modal } from 'antd'
import { momentText } from '#web/kit/date-text.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { DuplicateNotice } from '../DuplicateNotice.tsx'
import { duplicateRefusal } from '../use-duplicates.ts'
import type { ScreenField, ScreenObject } from '../use-objects.ts'
import type { RecordRow } from '../use-records.ts'
import { OvertakenDialog } from './OvertakenDialog.tsx'
import { overtakenOf, useUndoChange, type HistoryEntry, type Overtaken } from './use-trace.ts'
import { historyWords } from './words.ts'

/** Which fields go back, and what was said to that. */
interface Chosen {
  readonly version?: number
  readonly fields?: readonly string[]
  readonly confirmed?: boolean
}

/** It may make the record one that is there already. */
interface Doubted extends NonNullable<ReturnType<typeof duplicateRefusal>> {
  readonly chosen: Chosen
}

interface UndoChangeProps {
  readonly object: ScreenObject
  readonly row: RecordRow
  readonly entry: HistoryEntry
  readonly shown: (field: ScreenField, value: unknown) => string
}

/** Takes one change back: at once where its values still stand, else after a choice field by field. */
export function UndoChange({ object, row, entry, shown }: UndoChangeProps) {
  const t = useWords(historyWords)
  const k = useWords(kitWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const undo = useUndoChange()
  const [overtaken, setOvertaken] = useState<Overtaken>()
  const [doubted, setDoubted] = useState<Doubted>()
  const takeBack = async (chosen: Chosen) => {
    try {
      await undo.mutateAsync({ object: object.key, id: row.id, entryId: entry.id, ...chosen })
      setOvertaken(undefined)
      setDoubted(undefined)
      void message.success(t('undone'))
    } catch (problem) {
      const found = overtakenOf(problem)
      const refusal = duplicateRefusal(problem)
      setOvertaken(found)
      setDoubted(refusal && { ...refusal, chosen })
      if (!found && !refusal) void message.error(problemText(problem))
    }
  }
  const choose = ({ version }: Overtaken, kept: readonly string[]) => {
    const fields = Object.keys(entry.before ?? {}).filter((key) => !kept.includes(key))
    if (fields.length === 0) setOvertaken(undefined)
    else void takeBack({ version, fields })
  }
  return (
    <>
      <Button
        size="small"
        type="text"
        className="history-undo"
        aria-label={t('undoThisAt', { at: momentText(String(entry.at), language) })}
        loading={undo.isPending}
        onClick={() => void takeBack({})}
      >
        {t('undoThis')}
      </Button>
      {doubted && (
        <Modal
          open
          title={t('undoThis')}
          footer={null}
          onCancel={() => setDoubted(undefined)}
          closable={{ 'aria-label': k('close') }}
        >
          <DuplicateNotice
            object={object.key}
            suspicions={doubted.suspicions}
            isBusy={undo.isPending}
            onConfirm={doubted.canConfirm ? () => void takeBack({ ...doubted.chosen, confirmed: true }) : undefined}
          />
        </Modal>
      )}
      {overtaken && (
        <OvertakenDialog
          object={object}
          overtaken={overtaken}
          shown={shown}
          isBusy={undo.isPending}
          onSetBack={(kept) => choose(overtaken, kept)}
          onClose={() => setOvertaken(undefined)}
        />
      )}
    </>
  )
}
