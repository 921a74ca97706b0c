import { useCallback } from 'react'
import { App, Button } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { problemText } from './problem-text.ts'
import { kitWords } from './words.ts'

const seconds = 8

/** Says what was done and offers the way back for a few seconds, instead of asking beforehand. */
export function useUndo(): (text: string, undo: () => Promise<void>) => void {
  const { notification, message } = App.useApp()
  const t = useWords(kitWords)
  return useCallback(
    (text, undo) => {
      const key = crypto.randomUUID()
      const takeBack = async () => {
        notification.destroy(key)
        try {
          await undo()
          void message.success(t('undone'))
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
