import { useState } from 'react'
import { App, Button } from 'antd'
import { ApiProblem } from '#web/api/problem.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useUndo } from '#web/kit/use-undo.tsx'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { titleOf } from '../record-title.ts'
import type { ScreenObject } from '../use-objects.ts'
import { useRemoveRecord, useRestoreRecord, type RecordRow } from '../use-records.ts'
import { objectWords } from '../words.ts'
import { ChildrenDialog } from './ChildrenDialog.tsx'
import { askBeforeDeleting, type BeforeDeleting } from './use-bin.ts'
import { binWords } from './words.ts'

interface RemoveButtonProps {
  readonly object: ScreenObject
  readonly row: RecordRow
  readonly onRemoved: () => void
}

/** Deletes a record at once, with a way back; where others belong to it, asks whether they go along. */
export function RemoveButton({ object, row, onRemoved }: RemoveButtonProps) {
  const t = useWords(objectWords)
  const b = useWords(binWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const undo = useUndo()
  const remove = useRemoveRecord()
  const restore = useRestoreRecord()
  const [isAsking, setAsking] = useState(false)
  const [before, setBefore] = useState<BeforeDeleting>()
  const title = titleOf(object, row, language)
  const takeOut = async ({ children }: BeforeDeleting) => {
    const along = children.map(({ object: key, deletable }) => ({ object: key, count: deletable }))
    const n = along.reduce((sum, { count }) => sum + count, 0)
    try {
      await remove.mutateAsync({ object: object.key, id: row.id, version: row.version, along })
      onRemoved()
      undo(
        n > 0 ? b('removedAlong', { title, n }) : t('removed', { title }),
        async () => void (await restore.mutateAsync({ object: object.key, id: row.id })),
      )
    } catch (problem) {
      void message.error(problemText(problem))
      // What came meanwhile is shown before it goes.
      if (problem instanceof ApiProblem && problem.code === 'MORE_CHILDREN') {
        setBefore(await askBeforeDeleting(object.key, row.id).catch(() => undefined))
      }
    }
  }
  const ask = async () => {
    setAsking(true)
    try {
      const found = await askBeforeDeleting(object.key, row.id)
      if (found.children.length === 0 && found.keptBy.length === 0) await takeOut(found)
      else setBefore(found)
    } catch (problem) {
      void message.error(problemText(problem))
    } finally {
      setAsking(false)
    }
  }
  return (
    <>
      <Button danger loading={isAsking || remove.isPending} onClick={() => void ask()}>
        {t('remove')}
      </Button>
      {before && (
        <ChildrenDialog
          title={title}
          before={before}
          isBusy={remove.isPending}
          onRemove={() => void takeOut(before)}
          onClose={() => setBefore(undefined)}
        />
      )}
    </>
  )
}
