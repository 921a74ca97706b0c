import { App } from 'antd'
import { kitWords } from '#web/kit/words.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import { connectionWords } from './connection-words.ts'

/** Asks first: what is removed cannot come back. */
export function useConfirmRemoval(): (name: string, remove: () => Promise<unknown>) => void {
  const t = useWords(connectionWords)
  const k = useWords(kitWords)
  const { modal, message } = App.useApp()
  return (name, remove) =>
    modal.confirm({
      title: t('removeAsk', { name }),
      content: t('removeText'),
      okText: t('removeOk'),
      cancelText: k('cancel'),
      okButtonProps: { danger: true },
      onOk: () => remove().catch((problem: unknown) => void message.error(problemText(problem))),
    })
}
