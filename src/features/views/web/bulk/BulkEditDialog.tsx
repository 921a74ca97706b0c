import { useId, useState } from 'react'
import { Modal, Select } from 'antd'
import { CreditChoice, FieldInput, fieldOf, type ScreenField, type ScreenObject } from '#features/objects/web/index.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { viewWords } from '../words.ts'
import type { BulkAsk } from './use-bulk.ts'

interface BulkEditDialogProps {
  readonly object: ScreenObject
  readonly count: string
  /** Given: only the owner is changed. */
  readonly owner: ScreenField | undefined
  readonly isBusy: boolean
  readonly onSave: (act: BulkAsk['act']) => void
  readonly onClose: () => void
}

/** One field of all chosen records gets one value. */
export function BulkEditDialog({ object, count, owner, isBusy, onSave, onClose }: BulkEditDialogProps) {
  const t = useWords(viewWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const id = useId()
  const offered = object.fields.filter(
    (field) => !field.readOnly && !field.masked && !field.unique && field.type !== 'owner' && field.type !== 'file',
  )
  const [chosen, setChosen] = useState<string>()
  const [value, setValue] = useState<unknown>(null)
  const [keepsCredit, setKeepsCredit] = useState(true)
  const isCredited = owner !== undefined && object.fields.some(({ type }) => type === 'credits')
  const field = owner ?? fieldOf(object, chosen ?? '')
  const isReady = field !== undefined && (value !== null || (!owner && !field.required))
  const save = () => {
    if (owner && typeof value === 'string') onSave({ ownerId: value, ...(isCredited ? { keepsCredit } : {}) })
    else if (field && !owner) onSave({ values: { [field.key]: value } })
  }
  return (
    <Modal
      open
      title={owner ? t('transferTitle', { n: count }) : t('editTitle', { n: count })}
      okText={owner ? t('transfer') : k('save')}
      cancelText={k('cancel')}
      okButtonProps={{ disabled: !isReady, loading: isBusy }}
      onOk={save}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      <div className="bulk-form">
        {!owner && (
          <Select<string>
            aria-label={t('whichField')}
            placeholder={t('whichField')}
            value={chosen ?? null}
            showSearch={{ optionFilterProp: 'label' }}
            options={offered.map((one) => ({ value: one.key, label: label(one.label) }))}
            onChange={(key) => (setChosen(key), setValue(null))}
          />
        )}
        {field && (
          <>
            <label htmlFor={id}>{owner ? t('newOwner') : t('newValue', { field: label(field.label) })}</label>
            <FieldInput key={field.key} field={field} id={id} value={value} onChange={setValue} />
            {!owner && value === null && !field.required && <span className="muted">{t('emptiesField')}</span>}
          </>
        )}
        {isCredited && <CreditChoice keeps={keepsCredit} onChange={setKeepsCredit} />}
      </div>
    </Modal>
  )
}
