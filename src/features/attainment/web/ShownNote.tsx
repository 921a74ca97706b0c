import { Alert, Button } from 'antd'
import { useChangeAddress } from '#web/shell/address.ts'
import { useWords } from '#web/words/use-words.ts'
import { attainmentWords } from './words.ts'

interface ShownNoteProps {
  readonly shown: { readonly on: string; readonly isClosing: boolean }
}

/** Says that the figures are not those of now. */
export function ShownNote({ shown }: ShownNoteProps) {
  const t = useWords(attainmentWords)
  const change = useChangeAddress()
  return (
    <Alert
      type="info"
      showIcon
      title={
        <span className="shown-note">
          {t(shown.isClosing ? 'closingNote' : 'pastNote', { day: shown.on })}
          <Button size="small" onClick={() => change({ on: undefined })}>
            {t('backToNow')}
          </Button>
        </span>
      }
    />
  )
}
