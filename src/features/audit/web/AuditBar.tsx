import { Button, DatePicker, Select, Tag } from 'antd'
import dayjs from 'dayjs'
import { OwnerPicker, useObjects } from '#features/objects/web/index.tsx'
import { useChangeAddress } from '#web/shell/address.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { origins, type AuditNarrowing } from '../contract.ts'
import { auditedActions, auditedObjects } from '../names.ts'
import { auditWords } from './words.ts'

const nothing = {
  person: undefined,
  object: undefined,
  target: undefined,
  action: undefined,
  origin: undefined,
  from: undefined,
  to: undefined,
}

/** What the log is narrowed to; all of it stands in the address. */
export function AuditBar({ narrowing }: { readonly narrowing: AuditNarrowing }) {
  const t = useWords(auditWords)
  const label = useLabel()
  const change = useChangeAddress()
  const { objects } = useObjects()
  const { person, object, record, action, origin, from, to } = narrowing
  const isNarrowed = Object.values(narrowing).some((value) => value !== undefined)
  const kinds = [
    ...objects.map((one) => ({ value: one.key, label: label(one.label) })),
    ...Object.entries(auditedObjects).map(([value, words]) => ({ value, label: label(words) })),
  ]
  const acts = Object.entries(auditedActions).map(([value, words]) => ({ value, label: label(words) }))
  const choice = (
    key: 'object' | 'action' | 'origin',
    value: string | undefined,
    options: { value: string; label: string }[],
  ) => (
    <Select<string>
      allowClear
      className="audit-choice"
      aria-label={t(key)}
      placeholder={t(key)}
      value={value ?? null}
      options={options}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(chosen: string | undefined) => change({ [key]: chosen })}
    />
  )
  return (
    <div className="audit-bar">
      <div className="audit-choice">
        <OwnerPicker
          value={person ?? null}
          aria-label={t('person')}
          onChange={(id) => change({ person: id ?? undefined })}
        />
      </div>
      {choice('object', object, kinds)}
      {choice('action', action, acts)}
      {choice(
        'origin',
        origin,
        origins.map((value) => ({ value, label: t(value) })),
      )}
      <DatePicker.RangePicker
        aria-label={t('period')}
        allowEmpty
        format="YYYY-MM-DD"
        value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
        onChange={(days) => change({ from: days?.[0]?.format('YYYY-MM-DD'), to: days?.[1]?.format('YYYY-MM-DD') })}
      />
      {record && (
        <Tag closable onClose={() => change({ target: undefined })}>
          {t('record')}
        </Tag>
      )}
      {isNarrowed && (
        <Button type="text" onClick={() => change(nothing)}>
          {t('clear')}
        </Button>
      )}
    </div>
  )
}
