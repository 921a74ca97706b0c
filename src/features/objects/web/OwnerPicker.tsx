import { Select } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { usePeople } from './use-people.ts'
import { objectWords } from './words.ts'

interface OwnerPickerProps {
  readonly id?: string
  readonly value: string | null
  readonly name?: string | undefined
  readonly status?: 'error'
  readonly defaultOpen?: boolean
  readonly 'aria-label'?: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: boolean
  readonly onChange: (id: string | null) => void
}

/** Chooses a person, with the unit beside the name: names repeat. */
export function OwnerPicker({ value, name, onChange, ...rest }: OwnerPickerProps) {
  const t = useWords(objectWords)
  const people = usePeople()
  const options = people.map((person) => ({
    value: person.id,
    label: person.unit ? `${person.name} · ${person.unit}` : person.name,
  }))
  const isListed = options.some((option) => option.value === value)
  return (
    <Select<string>
      {...rest}
      popupMatchSelectWidth={rest.defaultOpen ? 240 : true}
      value={value}
      allowClear
      placeholder={t('choosePerson')}
      options={value !== null && !isListed ? [{ value, label: name ?? '…' }, ...options] : options}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(id: string | undefined) => onChange(id ?? null)}
    />
  )
}
