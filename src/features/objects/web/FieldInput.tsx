import { Checkbox, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { AmountInput } from './AmountInput.tsx'
import { CreditsInput } from './CreditsInput.tsx'
import { creditsOf } from './FieldValue.tsx'
import { offeredChoices } from './fields/choices.ts'
import { ChoicesInput } from './fields/ChoicesInput.tsx'
import { entriesOf } from './fields/control.ts'
import { RatingInput } from './fields/RatingInput.tsx'
import { ReferencesPicker } from './fields/ReferencesPicker.tsx'
import { RegionInput } from './fields/RegionInput.tsx'
import { RichTextInput } from './fields/RichTextInput.tsx'
import { TagsInput } from './fields/TagsInput.tsx'
import { FilesInput } from './files/FilesInput.tsx'
import { OwnerPicker } from './OwnerPicker.tsx'
import { ReferencePicker } from './ReferencePicker.tsx'
import type { ScreenField } from './use-objects.ts'
import { objectWords } from './words.ts'

export interface FieldInputProps {
  readonly field: ScreenField
  readonly id: string
  readonly value: unknown
  /** Name of the record that a reference points at, known before it is searched. */
  readonly name?: string | undefined
  /** Names of the records that a list of references points at, by their ids. */
  readonly names?: Readonly<Record<string, string | null>>
  /** Key of the object that the field is of. */
  readonly object?: string
  readonly onChange: (value: unknown) => void
  readonly isFirst?: boolean
  readonly describedBy?: string | undefined
  readonly isInvalid?: boolean
  /** Names the control where no label is beside it. */
  readonly label?: string
  /** What is picked from a list that opens has it open at once. */
  readonly startsOpen?: boolean
}

/** The control for one field, by its type. Empty is null. */
export function FieldInput(props: FieldInputProps) {
  const { field, id, value, onChange, isFirst = false, describedBy, isInvalid = false, startsOpen = false } = props
  const t = useWords(objectWords)
  const label = useLabel()
  const text = typeof value === 'string' ? value : ''
  const status = isInvalid ? ({ status: 'error' } as const) : {}
  const shared = {
    id,
    ...status,
    ...(describedBy ? { 'aria-describedby': describedBy } : {}),
    ...(isInvalid ? { 'aria-invalid': true } : {}),
    ...(props.label ? { 'aria-label': props.label } : {}),
  }
  const opening = startsOpen ? { defaultOpen: true } : {}
  const orNull = (written: string) => onChange(written === '' ? null : written)
  switch (field.type) {
    case 'long_text':
    case 'address':
      return (
        <Input.TextArea
          {...shared}
          value={text}
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={field.maxLength ?? (field.type === 'address' ? 500 : 10_000)}
          onChange={(event) => orNull(event.target.value)}
        />
      )
    case 'rich_text':
      return <RichTextInput {...shared} value={text} maxLength={field.maxLength ?? 20_000} onChange={onChange} />
    case 'rating':
      return <RatingInput id={id} label={label(field.label)} field={field} value={text} onChange={onChange} />
    case 'number':
    case 'money':
    case 'percent':
      return (
        <AmountInput {...shared} value={text} suffix={field.type === 'percent' ? '%' : undefined} onChange={onChange} />
      )
    case 'date':
      return (
        <DatePicker
          {...shared}
          {...opening}
          className="wide"
          value={text ? dayjs(text) : null}
          format="YYYY-MM-DD"
          onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : null)}
        />
      )
    case 'date_time':
      return (
        <DatePicker
          {...shared}
          className="wide"
          showTime={{ format: 'HH:mm' }}
          value={text ? dayjs(text) : null}
          onChange={(at) => onChange(at ? at.toISOString() : null)}
        />
      )
    case 'yes_no':
      return (
        <Checkbox
          id={id}
          {...(props.label ? { 'aria-label': props.label } : {})}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      )
    case 'choice':
      return (
        <Select<string>
          {...shared}
          {...opening}
          popupMatchSelectWidth={startsOpen ? 160 : true}
          value={text || null}
          allowClear={!field.required}
          placeholder={t('choose')}
          options={offeredChoices(field, [text]).map((choice) => ({ value: choice.key, label: label(choice.label) }))}
          onChange={(key: string | undefined) => onChange(key ?? null)}
        />
      )
    case 'multi_choice':
      return <ChoicesInput {...shared} field={field} value={entriesOf(value)} onChange={onChange} />
    case 'tags':
      return (
        <TagsInput {...shared} field={field} object={props.object ?? ''} value={entriesOf(value)} onChange={onChange} />
      )
    case 'region':
      return <RegionInput {...shared} value={text || null} onChange={onChange} />
    case 'multi_reference':
      return (
        <ReferencesPicker
          {...shared}
          object={field.to ?? ''}
          value={entriesOf(value)}
          names={props.names ?? {}}
          onChange={onChange}
        />
      )
    case 'file':
      return (
        <FilesInput
          id={id}
          object={props.object ?? ''}
          field={field}
          value={entriesOf(value)}
          names={props.names ?? {}}
          describedBy={describedBy}
          onChange={onChange}
        />
      )
    case 'auto_number':
      return (
        <span id={id} className="muted">
          {text || t('numberLater')}
        </span>
      )
    case 'reference':
      return (
        <ReferencePicker
          {...shared}
          {...opening}
          object={field.to ?? ''}
          value={text || null}
          name={props.name}
          isClearable={!field.required}
          onChange={onChange}
        />
      )
    case 'owner':
      return <OwnerPicker {...shared} {...opening} value={text || null} name={props.name} onChange={onChange} />
    case 'credits':
      return <CreditsInput id={id} value={creditsOf(value)} onChange={onChange} />
    default:
      return (
        <Input
          {...shared}
          value={text}
          autoFocus={isFirst}
          type={field.type === 'email' ? 'email' : field.type === 'phone' ? 'tel' : 'text'}
          maxLength={field.maxLength ?? 200}
          onChange={(event) => orNull(event.target.value)}
        />
      )
  }
}
