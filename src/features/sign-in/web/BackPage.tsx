import { call } from '#web/api/call.ts'
import { HandOnAnswer } from '#web/shell/entry/HandOnAnswer.tsx'
import { useWords } from '#web/words/use-words.ts'
import { finishSsoRoute } from '../contract.ts'
import { doorWords } from './words.ts'

/** Where the identity provider sends people back. */
export function BackPage() {
  const t = useWords(doorWords)
  return (
    <HandOnAnswer
      finish={(answer) => call(finishSsoRoute, { body: { answer } })}
      words={{ waiting: t('signingIn'), failed: t('ssoFailed'), back: t('back') }}
    />
  )
}
