import { Modal } from 'antd'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { DuplicateNotice } from './DuplicateNotice.tsx'
import type { Suspicion } from './use-duplicates.ts'
import { objectWords } from './words.ts'

interface DoubtDialogProps {
  readonly object: string
  readonly suspicions: readonly Suspicion[]
  readonly onAnswer: (isMeant: boolean) => void
}

/** The records that a changed one may be, and a way to save it all the same. */
export function DoubtDialog({ object, suspicions, onAnswer }: DoubtDialogProps) {
  const t = useWords(objectWords)
  const k = useWords(kitWords)
  return (
    <Modal
      open
      title={t('suspectedTitle')}
      footer={null}
      onCancel={() => onAnswer(false)}
      closable={{ 'aria-label': k('close') }}
    >
      <DuplicateNotice object={object} suspicions={suspicions} isBusy={false} onConfirm={() => onAnswer(true)} />
    </Modal>
  )
}
