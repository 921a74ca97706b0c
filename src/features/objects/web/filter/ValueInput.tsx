import { DatePicker, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { isNumeric, valueTypeOf } from '#engine/model/column.ts'
import type { Field } from '#engine/model/object-type.ts'
import type { FilterValue, Operator } from '#engine/query/filter.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { AmountInput } from '../AmountInput.tsx'
import { ReferencePicker } from '../ReferencePicker.tsx'
import { useBuilder } from './builder-context.ts'
import { PeopleInput, PersonInput, UnitInput } from './PeopleInputs.tsx'
import { RecordsPicker } from './RecordsPicker.tsx'
import { RegionPicker, RegionsPicker } from './RegionPicker.tsx'
import { RelativeInput } from './RelativeInput.tsx'
import { filterWords } from './words.ts'

export interface ValueInputProps {
  readonly field: Field
  /** Key of the object whose field it is: ids are those of its records. */
  readonly object: string
  readonly op: Operator
  readonly value: FilterValue | undefined
  readonly onChange: (value: FilterValue) => void
}

/** The control for what a condition compares with, by the field's type and the operator. */
export function ValueInput(props: ValueInputProps) {
  const { op } = props
  if (op === 'empty' || op === 'notEmpty') return null
  if (op === 'within') return <WithinInput {...props} />
  if (op === 'between') return <BetweenInput {...props} />
  if (op === 'in' || op === 'hasAny' || op === 'hasAll' || op === 'hasNone') return <ListInput {...props} />
  return <SingleInput {...props} />
}

const textOf = (value: FilterValue | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

const textsOf = (value: FilterValue | undefined): readonly string[] =>
  Array.isArray(value) ? (value as readonly unknown[]).map(String) : []

function WithinInput({ field, value, onChange }: ValueInputProps) {
  const t = useWords(filterWords)
  const type = valueTypeOf(field)
  const known = typeof value === 'object' && value !== null ? value : undefined
  if (type === 'owner') {
    const unit = known && ('unit' in known || 'myUnit' in known) ? known : undefined
    return <UnitInput aria-label={t('value')} value={unit} onChange={(next) => next && onChange(next)} />
  }
  if (type === 'region') {
    const code = known && 'region' in known ? known.region : null
    return <RegionPicker aria-label={t('value')} value={code} onChange={(region) => region && onChange({ region })} />
  }
  return (
    <RelativeInput
      value={known && 'relative' in known ? known.relative : undefined}
      onChange={(relative) => onChange({ relative })}
    />
  )
}

function BetweenInput({ field, value, onChange }: ValueInputProps) {
  const t = useWords(filterWords)
  const [low = '', high = ''] = textsOf(value)
  if (isNumeric(field)) {
    return (
      <div className="condition-pair">
        <AmountInput
          aria-label={t('least')}
          placeholder={t('least')}
          value={low}
          onChange={(next) => onChange([next ?? '', high])}
        />
        <AmountInput
          aria-label={t('greatest')}
          placeholder={t('greatest')}
          value={high}
          onChange={(next) => onChange([low, next ?? ''])}
        />
      </div>
    )
  }
  return (
    <DatePicker.RangePicker
      aria-label={t('value')}
      className="wide"
      format="YYYY-MM-DD"
      value={[dayOf(low), dayOf(high)]}
      onChange={(range) => onChange([dayText(range?.[0]), dayText(range?.[1])])}
    />
  )
}

const dayOf = (text: string): Dayjs | null => (text === '' ? null : dayjs(text))
const dayText = (day: Dayjs | null | undefined): string => day?.format('YYYY-MM-DD') ?? ''

function ListInput({ field, object, value, onChange }: ValueInputProps) {
  const t = useWords(filterWords)
  const label = useLabel()
  const chosen = textsOf(value)
  const shared = { 'aria-label': t('value'), onChange: (next: readonly string[]) => onChange([...next]) }
  switch (valueTypeOf(field)) {
    case 'choice':
    case 'multi_choice':
      return (
        <Select<string[]>
          {...shared}
          className="wide"
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('value')}
          value={[...chosen]}
          options={field.choices?.map((choice) => ({ value: choice.key, label: label(choice.label) })) ?? []}
        />
      )
    case 'owner':
      return <PeopleInput {...shared} value={chosen} />
    case 'reference':
    case 'multi_reference':
      return <RecordsPicker {...shared} object={field.to ?? object} value={chosen} />
    case 'region':
      return <RegionsPicker {...shared} value={chosen} />
    case 'date':
    case 'date_time':
      return (
        <DatePicker
          aria-label={t('value')}
          className="wide"
          multiple
          format="YYYY-MM-DD"
          value={chosen.map((day) => dayjs(day))}
          onChange={(days: Dayjs[] | null) => onChange((days ?? []).map(dayText))}
        />
      )
    default:
      return (
        <Select<string[]>
          {...shared}
          className="wide"
          mode="tags"
          open={false}
          suffixIcon={null}
          placeholder={t('several')}
          value={[...chosen]}
        />
      )
  }
}

function SingleInput({ field, object, op, value, onChange }: ValueInputProps) {
  const t = useWords(filterWords)
  const label = useLabel()
  const { names } = useBuilder()
  const text = textOf(value)
  const shared = { 'aria-label': t('value') }
  if (isNumeric(field)) {
    const suffix = valueTypeOf(field) === 'percent' ? '%' : undefined
    return <AmountInput {...shared} value={text} suffix={suffix} onChange={(next) => onChange(next ?? '')} />
  }
  switch (valueTypeOf(field)) {
    case 'date':
    case 'date_time':
      return (
        <DatePicker
          {...shared}
          className="wide"
          format="YYYY-MM-DD"
          value={dayOf(text)}
          onChange={(day: Dayjs | null) => onChange(dayText(day))}
        />
      )
    case 'yes_no':
      return (
        <Select<'yes' | 'no'>
          {...shared}
          className="wide"
          placeholder={t('value')}
          value={typeof value === 'boolean' ? (value ? 'yes' : 'no') : null}
          options={(['yes', 'no'] as const).map((word) => ({ value: word, label: t(word) }))}
          onChange={(word) => onChange(word === 'yes')}
        />
      )
    case 'choice':
      return (
        <Select<string>
          {...shared}
          className="wide"
          placeholder={t('value')}
          value={text || null}
          options={field.choices?.map((choice) => ({ value: choice.key, label: label(choice.label) })) ?? []}
          onChange={(key) => onChange(key)}
        />
      )
    case 'owner': {
      const person = typeof value === 'object' && value !== null && 'me' in value ? value : text || undefined
      return <PersonInput {...shared} value={person} onChange={(next) => next !== undefined && onChange(next)} />
    }
    case 'reference':
      return (
        <ReferencePicker
          {...shared}
          object={field.to ?? object}
          value={text || null}
          name={names[text]}
          isClearable={false}
          onChange={(id) => onChange(id ?? '')}
        />
      )
    case 'region':
      return <RegionPicker {...shared} value={text || null} onChange={(code) => onChange(code ?? '')} />
    default:
      return (
        <Input
          {...shared}
          value={text}
          placeholder={op === 'contains' ? t('contains') : t('value')}
          onChange={(event) => onChange(event.target.value)}
        />
      )
  }
}
