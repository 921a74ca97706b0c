import type { ReactNode } from 'react'
import { useLabel } from '#web/words/use-words.ts'
import { FieldInput } from './FieldInput.tsx'
import { isWide, type ScreenField } from './use-objects.ts'

interface FormFieldProps {
  readonly field: ScreenField
  readonly id: string
  readonly object: string
  readonly value: unknown
  readonly names: Readonly<Record<string, string | null>>
  readonly isRequired: boolean
  readonly isFirst: boolean
  /** What is wrong with it. */
  readonly fault: string | undefined
  /** Why the value that stands there stays. */
  readonly fixed?: string | undefined
  /** How it is shown then. */
  readonly shown?: ReactNode
  readonly onChange: (value: unknown) => void
}

/** One field of a form: its name, its control, what is wrong with it and what helps. */
export function FormField(props: FormFieldProps) {
  const { field, id, object, value, names, isRequired, isFirst, fault, fixed, onChange } = props
  const label = useLabel()
  if (fixed !== undefined) return <FixedField {...props} fixed={fixed} />
  return (
    <div className={`form-field ${isWide(field) ? 'form-field-wide' : ''}`}>
      <label htmlFor={id}>
        {label(field.label)}
        {isRequired && (
          <span className="form-required" aria-hidden>
            *
          </span>
        )}
      </label>
      <FieldInput
        // A control that names what is required does not let it be cleared.
        field={isRequired === (field.required ?? false) ? field : { ...field, required: isRequired }}
        id={id}
        object={object}
        value={value}
        name={names[field.key] ?? undefined}
        names={names}
        isFirst={isFirst}
        isInvalid={fault !== undefined}
        describedBy={fault ? `${id}-fault` : undefined}
        onChange={onChange}
      />
      {fault && (
        <span id={`${id}-fault`} className="field-fault" role="alert">
          {fault}
        </span>
      )}
      {field.help && <span className="muted field-help">{label(field.help)}</span>}
    </div>
  )
}

/** A value that is shown in the form and stays as it is, with the reason. */
function FixedField({ field, id, fixed, shown }: FormFieldProps & { readonly fixed: string }) {
  const label = useLabel()
  return (
    <div className={`form-field ${isWide(field) ? 'form-field-wide' : ''}`} role="group" aria-labelledby={`${id}-name`}>
      <span id={`${id}-name`} className="form-field-name">
        {label(field.label)}
      </span>
      <span id={id}>{shown}</span>
      <span className="muted field-help">{fixed}</span>
    </div>
  )
}
