import { Input } from 'antd'
import type { Label } from '#base/label.ts'
import { useWords } from '#web/words/use-words.ts'
import { shapeWords } from './words.ts'
import './shape.css'

interface LabelInputProps {
  readonly id: string
  readonly name: string
  readonly help?: string
  readonly placeholder?: string
  readonly value: Label
  readonly maxLength: number
  readonly isRequired?: boolean
  readonly isFirst?: boolean
  readonly fault?: string | undefined
  readonly onChange: (value: Label) => void
}

/** A text in both languages; the English one may be left empty. */
export function LabelInput({
  id,
  name,
  help,
  placeholder,
  value,
  maxLength,
  isRequired,
  isFirst,
  fault,
  onChange,
}: LabelInputProps) {
  const t = useWords(shapeWords)
  const state = fault ? ({ status: 'error', 'aria-invalid': true, 'aria-describedby': `${id}-fault` } as const) : {}
  return (
    <div className="shape-field">
      <label htmlFor={id}>
        {name}
        {isRequired && (
          <span className="shape-required" aria-hidden>
            *
          </span>
        )}
      </label>
      <div className="shape-pair">
        <Input
          {...state}
          id={id}
          aria-label={t('chinese', { name })}
          autoFocus={isFirst ?? false}
          value={value.zh}
          maxLength={maxLength}
          placeholder={placeholder ?? t('inChinese')}
          onChange={(event) => onChange({ ...value, zh: event.target.value })}
        />
        <Input
          {...state}
          aria-label={t('english', { name })}
          value={value.en}
          maxLength={maxLength}
          placeholder={value.zh.trim() || t('sameAsChinese')}
          onChange={(event) => onChange({ ...value, en: event.target.value })}
        />
      </div>
      <FaultLine id={id} fault={fault} />
      {help && <span className="muted shape-help">{help}</span>}
    </div>
  )
}

/** What is wrong with an input, announced when it appears. */
export function FaultLine({ id, fault }: { readonly id: string; readonly fault: string | undefined }) {
  return fault ? (
    <span id={`${id}-fault`} className="shape-fault" role="alert">
      {fault}
    </span>
  ) : null
}
