import { Button, Modal } from 'antd'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { fieldOf, type ScreenObject } from '../use-objects.ts'
import type { BinRestored } from './use-bin.ts'
import { binWords } from './words.ts'

interface RefusedRestoresProps {
  readonly object: ScreenObject
  readonly refused: BinRestored['refused']
  readonly isBusy: boolean
  readonly onWithParents: (id: string) => void
  readonly onClose: () => void
}

/** What could not come back, at which field, and the way round it where there is one. */
export function RefusedRestores({ object, refused, isBusy, onWithParents, onClose }: RefusedRestoresProps) {
  const t = useWords(binWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const language = useLanguage()
  const at = (key: string) => {
    const field = fieldOf(object, key)
    return field ? `${label(field.label)}${language === 'zh' ? '：' : ': '}` : ''
  }
  return (
    <Modal
      open
      title={t('refusedTitle', { n: refused.length })}
      footer={null}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      <ul className="bin-rows">
        {refused.map(({ id, title, faults, needed }) => (
          <li key={id} className="bin-row">
            <div className="bin-text">
              <b>{title ?? '—'}</b>
              {faults.map((fault) => (
                <span key={`${fault.field} ${fault.code}`} className="field-fault">
                  {at(fault.field)}
                  {fault.message}
                </span>
              ))}
            </div>
            {needed.length > 0 && (
              <Button type="primary" className="bin-needed" loading={isBusy} onClick={() => onWithParents(id)}>
                {t('withParents', {
                  titles: needed.map((one) => one.title).join(language === 'zh' ? '”“' : '”, “'),
                })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Modal>
  )
}
