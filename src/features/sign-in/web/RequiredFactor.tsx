import { Button } from 'antd'
import { EntryFrame } from '#web/shell/entry/EntryFrame.tsx'
import { useSignOut } from '#web/shell/PersonMenu.tsx'
import { shellWords } from '#web/shell/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { SetUpFactor } from './SetUpFactor.tsx'
import { securityWords } from './security-words.ts'

/** The company asks for a second factor: nothing else is served before it is set up. */
export function RequiredFactor({ onDone }: { readonly onDone: () => void }) {
  const t = useWords(securityWords)
  const s = useWords(shellWords)
  const signOut = useSignOut()
  return (
    <EntryFrame title={t('setUpTitle')} text={t('factorRequired')}>
      <SetUpFactor onDone={onDone} />
      <Button type="link" onClick={() => void signOut()}>
        {s('signOut')}
      </Button>
    </EntryFrame>
  )
}
