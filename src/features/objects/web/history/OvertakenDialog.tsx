import { useState } from 'react'
import { Modal, Radio } from 'antd'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { ScreenField, ScreenObject } from '../use-objects.ts'
import { fieldOf } from '../use-objects.ts'
import type { Overtaken } from './use-trace.ts'
import { historyWords } from './words.ts'

interface OvertakenDialogProps {
  readonly object: ScreenObject
  readonly overtaken: Overtaken
  /** A value as one line of text. */
  readonly shown: (field: ScreenField, value: unknown) => string
  readonly isBusy: boolean
  /** Fields that were chosen to keep what stands there now. */
  readonly onSetBack: (kept: readonly string[]) => void
  readonly onClose: () => void
}

/** Fields that changed again after a change that somebody undoes: both values, and a choice. */
export function OvertakenDialog({ object, overtaken, shown, isBusy, onSetBack, onClose }: OvertakenDialogProps) {
  const t = useWords(historyWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const [back, setBack] = useState<ReadonlySet<string>>(new Set())
  return (
    <Modal
      open
      title={t('overtakenTitle')}
      okText={t('setBack')}
      cancelText={k('cancel')}
      okButtonProps={{ loading: isBusy }}
      onOk={() => onSetBack(overtaken.fields.map(({ field }) => field).filter((key) => !back.has(key)))}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      <p>{t('overtakenText')}</p>
      {overtaken.fields.map(({ field: key, before, now }) => {
        const field = fieldOf(object, key)
        if (!field) return null
        return (
          <fieldset key={key} className="conflict-field">
            <legend>{label(field.label)}</legend>
            <Radio.Group
              value={back.has(key) ? 'before' : 'now'}
              onChange={
                (event) =>
                setBack((known) => new Set(event.target.value === 'before' ? [...known, key] : [...known].filter((one) => one !== key))) // prettier-ignore
              }
              options={[
                { value: 'now', label: t('nowIs', { value: shown(field, now) }) },
                { value: 'before', label: t('beforeIt', { value: shown(field, before) }) },
              ]}
            />
          </fieldset>
        )
      })}
    </Modal>
  )
}
