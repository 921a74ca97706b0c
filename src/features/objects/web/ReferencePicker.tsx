import { useState } from 'react'
import { Select } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { useLater } from './use-later.ts'
import { useObject } from './use-objects.ts'
import { useReferenceChoices } from './use-reference-choices.ts'
import { objectWords } from './words.ts'

interface ReferencePickerProps {
  readonly id?: string
  readonly object: string
  readonly value: string | null
  readonly name?: string | undefined
  readonly isClearable?: boolean
  readonly placeholder?: string
  readonly status?: 'error'
  readonly size?: 'large'
  readonly defaultOpen?: boolean
  readonly 'aria-label'?: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: boolean
  readonly onChange: (id: string | null, name?: string) => void
}

/** Finds one record of another object by its name. */
export function ReferencePicker({
  object: key,
  value,
  name,
  isClearable = true,
  placeholder,
  onChange,
  ...rest
}: ReferencePickerProps) {
  const t = useWords(objectWords)
  const object = useObject(key)
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(rest.defaultOpen ?? false)
  const [chosenName, setChosenName] = useState(name)
  const asked = useLater(text.trim())
  const { options, isFetching } = useReferenceChoices(object, asked, isOpen)
  const isListed = options.some((option) => option.value === value)
  const shown = value !== null && !isListed ? [{ value, label: chosenName ?? name ?? '…' }, ...options] : options
  return (
    <Select<string>
      {...rest}
      popupMatchSelectWidth={rest.defaultOpen ? 240 : true}
      value={value}
      options={shown}
      placeholder={placeholder ?? t('pickSearch')}
      allowClear={isClearable}
      loading={isFetching}
      showSearch={{ filterOption: false, onSearch: setText }}
      notFoundContent={isFetching ? null : t('pickNone')}
      onOpenChange={setOpen}
      onChange={(id: string | undefined) => {
        const label = options.find((option) => option.value === id)?.label
        setChosenName(label)
        onChange(id ?? null, label)
      }}
    />
  )
}
