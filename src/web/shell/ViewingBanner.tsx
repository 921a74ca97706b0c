import { useState } from 'react'
import { EyeOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { problemText } from '#web/kit/problem-text.ts'
import { useMe } from '#web/session/me.ts'
import { endViewing } from '#web/session/view-as.ts'
import { useWords } from '#web/words/use-words.ts'
import { shellWords } from './words.ts'

/** Over every page while somebody looks with the eyes of another person, with the way back. */
export function ViewingBanner() {
  const t = useWords(shellWords)
  const { person, viewedBy } = useMe()
  const { message } = App.useApp()
  const [isBusy, setBusy] = useState(false)
  if (!viewedBy) return null
  const leave = async () => {
    setBusy(true)
    try {
      await endViewing()
    } catch (problem) {
      setBusy(false)
      void message.error(problemText(problem))
    }
  }
  return (
    <div className="viewing-banner no-print" role="status">
      <EyeOutlined aria-hidden />
      <span>{t('viewing', { name: person.name })}</span>
      <Button size="small" loading={isBusy} onClick={() => void leave()}>
        {t('viewingEnd')}
      </Button>
    </div>
  )
}
