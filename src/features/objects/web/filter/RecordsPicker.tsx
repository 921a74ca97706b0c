import { useState } from 'react'
import { Select } from 'antd'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { titleOf } from '../record-title.ts'
import { useLater } from '../use-later.ts'
import { useObject } from '../use-objects.ts'
import { useRecordQuery } from '../use-records.ts'
import { objectWords } from '../words.ts'
import { useBuilder } from './builder-context.ts'

interface RecordsPickerProps {
  readonly object: string
  readonly value: readonly string[]
  readonly 'aria-label': string
  readonly onChange: (ids: readonly string[]) => void
}

/** Finds several records of another object by their names. */
export function RecordsPicker({ object: key, value, onChange, ...rest }: RecordsPickerProps) {
  const t = useWords(objectWords)
  const language = useLanguage()
  const { names } = useBuilder()
  const object = useObject(key)
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const asked = useLater(text.trim())
  const found = useRecordQuery(
    key,
    { ...(asked && object ? { filter: { field: object.title, op: 'contains', value: asked } } : {}), limit: 30 },
    isOpen && object !== undefined,
  )
  const offered = (found.data?.rows ?? []).map((row) => ({
    value: row.id,
    label: object ? titleOf(object, row, language) : row.id,
  }))
  const others = value
    .filter((id) => !offered.some((option) => option.value === id))
    .map((id) => ({ value: id, label: chosen[id] ?? names[id] ?? '…' }))
  return (
    <Select<string[]>
      {...rest}
      className="wide"
      mode="multiple"
      value={[...value]}
      placeholder={t('pickSearch')}
      options={[...others, ...offered]}
      showSearch={{ filterOption: false, onSearch: setText }}
      notFoundContent={found.isFetching ? null : t('pickNone')}
      onOpenChange={setOpen}
      onChange={(ids) => {
        setChosen({
          ...chosen,
          ...Object.fromEntries([...others, ...offered].map((option) => [option.value, option.label])),
        })
        onChange(ids)
      }}
    />
  )
}
