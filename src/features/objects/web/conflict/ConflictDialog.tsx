import { Modal } from 'antd'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { Conflict, type ConflictProps } from './Conflict.tsx'

interface ConflictDialogProps extends ConflictProps {
  /** Names the record. */
  readonly title?: string
  readonly onClose: () => void
}

/** Someone was faster, where there is no form around it: both values, and a choice. */
export function ConflictDialog({ title, onClose, ...conflict }: ConflictDialogProps) {
  const k = useWords(kitWords)
  return (
    <Modal open title={title} footer={null} onCancel={onClose} closable={{ 'aria-label': k('close') }}>
      <Conflict {...conflict} />
    </Modal>
  )
}
