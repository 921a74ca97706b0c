import { useCallback } from 'react'
import { App, Button } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { problemText } from './problem-text.ts'
import { kitWords } from './words.ts'

const seconds = 8

/** What became of an undo where "undone" would not be the whole truth. */
export interface UndoNotice {
  readonly tone: 'success' | 'info' | 'warning' | 'error'
  readonly text: string
}

/** Says what was done and offers the way back for a few seconds, instead of asking beforehand. */
export function useUndo(): (text: string, undo: () => Promise<UndoNotice | void>) => void {
  const { notification, message } = App.useApp()
  const t = useWords(kitWords)
  return useCallback(
    (text, undo) => {
      const key = crypto.randomUUID()
      const takeBack = async () => {
        notification.destroy(key)
        try {
          const { tone, text: told } = (await undo()) ?? { tone: 'success', text: t('undone') }
          void message[tone](told)
        } catch (problem) {
          void message.error(problemText(problem))
        }
      }
      notification.open({
        key,
        title: text,
        duration: seconds,
        placement: 'bottomLeft',
        actions: (
          <Button size="small" type="primary" onClick={() => void takeBack()}>
            {t('undo')}
          </Button>
        ),
      })
    },
    [notification, message, t],
  )
}
