import { call } from '#web/api/call.ts'
import { HandOnAnswer } from '#web/shell/entry/HandOnAnswer.tsx'
import { useWords } from '#web/words/use-words.ts'
import { workplaceRoutes } from '../contract.ts'
import { workplaceDoorWords } from './door-words.ts'

/** Where the brand sends people back after they scanned. */
export function WorkplaceBackPage() {
  const t = useWords(workplaceDoorWords)
  return (
    <HandOnAnswer
      finish={(answer) => call(workplaceRoutes.finish, { body: { answer } })}
      words={{ waiting: t('signingIn'), failed: t('failed'), back: t('back') }}
    />
  )
}
