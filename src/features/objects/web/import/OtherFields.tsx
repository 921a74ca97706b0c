import { useState } from 'react'
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import type { TargetView } from '#engine/transfer/target-view.ts'
import type { Mapping } from '#engine/transfer/mapping.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { fieldsFedBy, withEntry, type OtherKind } from './draft.ts'
import { importWords } from './words.ts'

interface OtherFieldsProps {
  readonly target: TargetView
  readonly mapping: Mapping
  readonly headers: readonly string[]
  readonly onChange: (mapping: Mapping) => void
}

const kinds: readonly OtherKind[] = ['constants', 'templates', 'defaults']

/** Fields that the file lacks: one value for all rows, columns joined, or a value where a cell is empty. */
export function OtherFields({ target, mapping, headers, onChange }: OtherFieldsProps) {
  const t = useWords(importWords)
  const label = useLabel()
  const [adding, setAdding] = useState<string>()
  const kindWords: Readonly<Record<OtherKind, string>> = {
    constants: t('constant'),
    templates: t('joined'),
    defaults: t('fallback'),
  }
  const entries = kinds.flatMap((kind) => Object.entries(mapping[kind]).map(([field, text]) => ({ kind, field, text })))
  const fed = fieldsFedBy(mapping)
  const missing = target.fields.filter(
    (field) => field.required && !fed.has(field.key) && !(field.key in mapping.defaults),
  )
  const example = headers
    .slice(0, 2)
    .map((header) => `{${header}}`)
    .join(' – ')

  const add = (field: string) => {
    onChange(withEntry(mapping, fed.has(field) ? 'defaults' : 'constants', field, ''))
    setAdding(undefined)
  }
  return (
    <section className="import-others">
      <h2>{t('others')}</h2>
      <p className="muted">{t('othersHint', { example })}</p>
      {entries.map(({ kind, field, text }) => (
        <div className="import-other" key={`${kind} ${field}`}>
          <strong>{label(target.fields.find((one) => one.key === field)?.label ?? { zh: field, en: field })}</strong>
          <Select
            aria-label={`${field} ${t('mode')}`}
            value={kind}
            options={kinds.map((one) => ({ value: one, label: kindWords[one] }))}
            onChange={(next) => onChange(withEntry(withEntry(mapping, kind, field, undefined), next, field, text))}
          />
          <Input
            aria-label={`${field} ${kindWords[kind]}`}
            value={text}
            placeholder={kind === 'templates' ? example : ''}
            onChange={(event) => onChange(withEntry(mapping, kind, field, event.target.value))}
          />
          <Button
            aria-label={`${t('remove')} ${field}`}
            icon={<DeleteOutlined />}
            onClick={() => onChange(withEntry(mapping, kind, field, undefined))}
          />
        </div>
      ))}
      <div className="import-row">
        {adding === undefined ? (
          <Button icon={<PlusOutlined />} onClick={() => setAdding('')}>
            {t('addOther')}
          </Button>
        ) : (
          <Select
            autoFocus
            defaultOpen
            aria-label={t('addOther')}
            className="import-field"
            showSearch={{ optionFilterProp: 'label' }}
            options={target.fields.map((field) => ({ value: field.key, label: label(field.label) }))}
            onChange={(field: string) => add(field)}
            onBlur={() => setAdding(undefined)}
          />
        )}
        {missing.map((field) => (
          <Button key={field.key} type="dashed" onClick={() => add(field.key)}>
            + {label(field.label)} ({t('required')})
          </Button>
        ))}
      </div>
    </section>
  )
}
