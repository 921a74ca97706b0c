import { Modal } from 'antd'
import { inWords } from '#base/label.ts'
import { fieldOf, type ScreenObject } from '#features/objects/web/index.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { viewWords } from '../words.ts'
import { useRefused } from './use-bulk.ts'

interface RefusedDialogProps {
  readonly object: ScreenObject
  readonly id: string
  readonly onClose: () => void
}

/** The records that a bulk edit left as they are, and why. */
export function RefusedDialog({ object, id, onClose }: RefusedDialogProps) {
  const t = useWords(viewWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const language = useLanguage()
  const refused = useRefused(id, true)
  const at = (key: string) => {
    const field = fieldOf(object, key)
    return field ? `${label(field.label)}${language === 'zh' ? '：' : ': '}` : ''
  }
  return (
    <Modal open title={t('refusedTitle')} footer={null} onCancel={onClose} closable={{ 'aria-label': k('close') }}>
      {refused.isPending && <LoadingState rows={3} />}
      {refused.isError && <ErrorState problem={refused.error} />}
      <ul className="refused-list">
        {refused.data?.map(({ recordId, title, faults }) => (
          <li key={recordId}>
            <b>{title ?? '—'}</b>
            {faults.map((fault) => (
              <span key={`${fault.field} ${fault.code}`} className="field-fault">
                {at(fault.field)}
                {inWords(fault.label, language, fault.params)}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Modal>
  )
}
