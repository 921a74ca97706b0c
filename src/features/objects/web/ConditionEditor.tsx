import { useState } from 'react'
import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import type { Condition, RelativeDays } from '#engine/query/filter.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { AmountInput } from './AmountInput.tsx'
import { OwnerPicker } from './OwnerPicker.tsx'
import { ReferencePicker } from './ReferencePicker.tsx'
import { isNumber, type ScreenField } from './use-objects.ts'
import { objectWords } from './words.ts'

/** Spans of days that the filter offers by name. */
export const offeredDays = [
  'today', 'this_week', 'this_month', 'last_month', 'next_month', 'this_quarter', 'last_quarter', 'next_quarter', 'this_year', 'last_year',
] as const satisfies readonly RelativeDays[] // prettier-ignore

interface ConditionEditorProps {
  readonly field: ScreenField
  readonly before?: Condition | undefined
  readonly onApply: (condition: Condition) => void
}

/** One condition on one field, in the few ways that its type allows. */
export function ConditionEditor({ field, before, onApply }: ConditionEditorProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  return (
    <div className="condition-editor" role="group" aria-label={label(field.label)}>
      <ByType field={field} before={before} onApply={onApply} />
      <div className="condition-empty">
        <Button size="small" type="text" onClick={() => onApply({ field: field.key, op: 'empty' })}>
          {t('isEmpty')}
        </Button>
        <Button size="small" type="text" onClick={() => onApply({ field: field.key, op: 'notEmpty' })}>
          {t('notEmpty')}
        </Button>
      </div>
    </div>
  )
}

function ByType(props: ConditionEditorProps) {
  const { field, before, onApply } = props
  const t = useWords(objectWords)
  const label = useLabel()
  if (isNumber(field)) return <NumberCondition {...props} />
  if (field.type === 'date' || field.type === 'date_time') return <DateCondition {...props} />
  if (field.type === 'choice') {
    const chosen = Array.isArray(before?.value) ? before.value.map(String) : []
    return (
      <Select<string[]>
        mode="multiple"
        autoFocus
        defaultOpen
        aria-label={label(field.label)}
        value={chosen}
        options={field.choices?.map((choice) => ({ value: choice.key, label: label(choice.label) })) ?? []}
        onChange={(keys) => onApply({ field: field.key, op: 'in', value: keys })}
      />
    )
  }
  if (field.type === 'yes_no')
    return <Button onClick={() => onApply({ field: field.key, op: 'eq', value: true })}>{label(field.label)}</Button>
  if (field.type === 'reference') {
    return (
      <ReferencePicker
        aria-label={label(field.label)}
        object={field.to ?? ''}
        value={typeof before?.value === 'string' ? before.value : null}
        onChange={(id) => id && onApply({ field: field.key, op: 'eq', value: id })}
      />
    )
  }
  if (field.type === 'owner') {
    return (
      <>
        <Button onClick={() => onApply({ field: field.key, op: 'eq', value: { me: true } })}>{t('meOwner')}</Button>
        <OwnerPicker
          aria-label={label(field.label)}
          value={null}
          onChange={(id) => id && onApply({ field: field.key, op: 'eq', value: id })}
        />
      </>
    )
  }
  return <TextCondition {...props} />
}

function TextCondition({ field, before, onApply }: ConditionEditorProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  const [text, setText] = useState(typeof before?.value === 'string' ? before.value : '')
  const apply = () => text.trim() && onApply({ field: field.key, op: 'contains', value: text.trim() })
  return (
    <>
      <Input
        autoFocus
        aria-label={label(field.label)}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={apply}
      />
      <Button type="primary" onClick={apply}>
        {t('apply')}
      </Button>
    </>
  )
}

function boundsOf(condition: Condition | undefined): readonly [string, string] {
  const value = condition?.value
  if (Array.isArray(value)) return [String(value[0] ?? ''), String(value[1] ?? '')]
  const single = typeof value === 'string' ? value : ''
  return condition?.op === 'le' ? ['', single] : [single, '']
}

function boundsToCondition(field: string, from: string, to: string): Condition | undefined {
  if (from && to) return { field, op: 'between', value: [from, to] }
  if (from) return { field, op: 'ge', value: from }
  return to ? { field, op: 'le', value: to } : undefined
}

function NumberCondition({ field, before, onApply }: ConditionEditorProps) {
  const t = useWords(objectWords)
  const [first, last] = boundsOf(before)
  const [from, setFrom] = useState(first)
  const [to, setTo] = useState(last)
  const condition = boundsToCondition(field.key, from, to)
  return (
    <>
      <div className="condition-pair">
        <AmountInput
          aria-label={t('least')}
          placeholder={t('least')}
          value={from}
          onChange={(value) => setFrom(value ?? '')}
        />
        <AmountInput
          aria-label={t('greatest')}
          placeholder={t('greatest')}
          value={to}
          onChange={(value) => setTo(value ?? '')}
        />
      </div>
      <Button type="primary" disabled={!condition} onClick={() => condition && onApply(condition)}>
        {t('apply')}
      </Button>
    </>
  )
}

function DateCondition({ field, before, onApply }: ConditionEditorProps) {
  const t = useWords(objectWords)
  const [from, to] = before?.op === 'within' ? ['', ''] : boundsOf(before)
  return (
    <>
      <div className="condition-days">
        {offeredDays.map((relative) => (
          <Button
            key={relative}
            size="small"
            onClick={() => onApply({ field: field.key, op: 'within', value: { relative } })}
          >
            {t(relative)}
          </Button>
        ))}
      </div>
      <DatePicker.RangePicker
        aria-label={t('dates')}
        format="YYYY-MM-DD"
        defaultValue={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
        allowEmpty={[true, true]}
        onChange={(range) => {
          const condition = boundsToCondition(
            field.key,
            range?.[0]?.format('YYYY-MM-DD') ?? '',
            range?.[1]?.format('YYYY-MM-DD') ?? '',
          )
          if (condition) onApply(condition)
        }}
      />
    </>
  )
}
