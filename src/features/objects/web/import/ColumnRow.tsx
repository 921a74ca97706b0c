import { Suspense } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Select } from 'antd'
import type { TargetFieldView, TargetView } from '#engine/transfer/target-view.ts'
import type { Mapping } from '#engine/transfer/mapping.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { withEntry } from './draft.ts'
import { useFieldMaker } from './field-maker.ts'
import { targetsKey } from './use-imports.ts'
import { importWords } from './words.ts'

interface ColumnRowProps {
  readonly header: string
  readonly samples: readonly string[]
  readonly target: TargetView
  readonly mapping: Mapping
  readonly onField: (field: string | undefined) => void
  readonly onChange: (mapping: Mapping) => void
}

/** One column of the file, what stands in it, and the field that it feeds. */
export function ColumnRow({ header, samples, target, mapping, onField, onChange }: ColumnRowProps) {
  const t = useWords(importWords)
  const label = useLabel()
  const fed = [mapping.columns[header] ?? []].flat()
  const field = target.fields.find((one) => one.key === fed[0])
  const drawMaker = useFieldMaker()
  const client = useQueryClient()
  const taken = async (key: string) => {
    await client.invalidateQueries({ queryKey: targetsKey })
    onField(key)
    void client.invalidateQueries({ queryKey: ['objects'] })
  }
  const examples = [...new Set(samples.filter((text) => text.trim() !== ''))].slice(0, 3).join(' · ')
  return (
    <div className="import-column" role="listitem">
      <div className="import-column-head">
        <strong>{header}</strong>
        <span className="muted import-examples">
          {examples === '' ? t('emptyColumn') : t('examples', { text: examples })}
        </span>
      </div>
      <span className="import-arrow" aria-hidden>
        →
      </span>
      <div className="import-column-field">
        <Select
          aria-label={`${header} → ${t('field')}`}
          className="import-field"
          value={field?.key ?? ''}
          showSearch={{ optionFilterProp: 'search' }}
          options={[
            { value: '', label: t('leaveOut'), search: t('leaveOut') },
            ...target.fields.map((one) => optionOf(one, label, t('required'))),
          ]}
          onChange={(key) => onField(key === '' ? undefined : key)}
        />
        {!field && drawMaker && (
          <Suspense fallback={null}>
            {drawMaker({ object: target.object, header, samples, onMade: (key) => void taken(key) })}
          </Suspense>
        )}
        {field && <FieldHints field={field} mapping={mapping} onChange={onChange} />}
        {fed.length > 1 && <span className="muted">+{fed.length - 1}</span>}
      </div>
    </div>
  )
}

function optionOf(field: TargetFieldView, label: (text: TargetFieldView['label']) => string, required: string) {
  const name = label(field.label)
  return {
    value: field.key,
    label: field.required ? `${name} (${required})` : name,
    search: `${field.label.zh} ${field.label.en} ${field.key}`,
  }
}

interface FieldHintsProps {
  readonly field: TargetFieldView
  readonly mapping: Mapping
  readonly onChange: (mapping: Mapping) => void
}

/** What the text alone does not tell: order of dates, unit of numbers, how records are found. */
function FieldHints({ field, mapping, onChange }: FieldHintsProps) {
  const t = useWords(importWords)
  const label = useLabel()
  if (field.type === 'date' || field.type === 'date_time') {
    return (
      <Select
        aria-label={t('dateOrder')}
        value={mapping.dates[field.key] ?? ''}
        options={[
          { value: '', label: t('dateAuto') },
          { value: 'ymd', label: t('dateYmd') },
          { value: 'mdy', label: t('dateMdy') },
          { value: 'dmy', label: t('dateDmy') },
        ]}
        onChange={(order) => onChange(withEntry(mapping, 'dates', field.key, order || undefined))}
      />
    )
  }
  if (field.type === 'number' || field.type === 'money') {
    return (
      <Select
        aria-label={t('scale')}
        value={mapping.scales[field.key] ?? '1'}
        options={(['1', '1000', '10000', '1000000', '100000000'] as const).map((scale) => ({
          value: scale,
          label: t(`scale${scale}`),
        }))}
        onChange={(scale) => onChange(withEntry(mapping, 'scales', field.key, scale === '1' ? undefined : scale))}
      />
    )
  }
  if (field.lookups && field.lookups.length > 0) {
    return (
      <Select
        aria-label={t('lookup')}
        value={mapping.references[field.key] ?? ''}
        options={[
          { value: '', label: t('lookupAuto') },
          ...field.lookups.map((one) => ({ value: one.key, label: label(one.label) })),
        ]}
        onChange={(key) => onChange(withEntry(mapping, 'references', field.key, key || undefined))}
      />
    )
  }
  return null
}
