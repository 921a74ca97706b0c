import { useState } from 'react'
import { Select } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { useLater } from '../use-later.ts'
import { useObject } from '../use-objects.ts'
import { useReferenceChoices } from '../use-reference-choices.ts'
import { objectWords } from '../words.ts'
import type { ControlProps } from './control.ts'

interface ReferencesPickerProps extends ControlProps {
  readonly object: string
  readonly value: readonly string[]
  /** Names of the records that stand there, by their ids. */
  readonly names: Readonly<Record<string, string | null>>
  readonly onChange: (value: readonly string[] | null) => void
}

/** Finds several records of another object by their names. */
export function ReferencesPicker({ object: key, value, names, onChange, ...rest }: ReferencesPickerProps) {
  const t = useWords(objectWords)
  const object = useObject(key)
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const { options, isFetching } = useReferenceChoices(object, useLater(text.trim()), isOpen)
  const listed = new Set(options.map((option) => option.value))
  const standing = value
    .filter((id) => !listed.has(id))
    .map((id) => ({ value: id, label: chosen[id] ?? names[id] ?? '…' }))
  return (
    <Select<string[]>
      {...rest}
      mode="multiple"
      value={[...value]}
      options={[...standing, ...options]}
      placeholder={t('pickSearch')}
      allowClear
      loading={isFetching}
      showSearch={{ filterOption: false, onSearch: setText }}
      notFoundContent={isFetching ? null : t('pickNone')}
      onOpenChange={setOpen}
      onChange={(ids: string[]) => {
        const named = options.filter((option) => ids.includes(option.value)).map(({ value: id, label }) => [id, label])
        setChosen((before) => ({ ...before, ...Object.fromEntries(named) }))
        onChange(ids.length > 0 ? ids : null)
      }}
    />
  )
}
