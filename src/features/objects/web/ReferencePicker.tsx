import { useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { searchRoute } from '#engine/search/contract.ts'
import { call } from '#web/api/call.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { titleOf } from './record-title.ts'
import { useLater } from './use-later.ts'
import { useObject, type ScreenObject } from './use-objects.ts'
import { useRecordQuery } from './use-records.ts'
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
  const { options, isFetching } = useChoices(object, asked, isOpen)
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

const mostChoices = 30

/** As the global search finds them, by pinyin and initials too; before that, and by a single letter, as lists do. */
function useChoices(object: ScreenObject | undefined, asked: string, isOpen: boolean) {
  const language = useLanguage()
  const key = object?.key ?? ''
  const isSearch = asked.length > 1 && (object?.fields.some((field) => field.searched) ?? false)
  const found = useQuery({
    queryKey: ['search', 'pick', key, asked],
    queryFn: ({ signal }) => call(searchRoute, { query: { q: asked, object: key, limit: mostChoices }, signal }),
    enabled: isOpen && isSearch,
    placeholderData: keepPreviousData,
  })
  const filter = object && asked ? { filter: { field: object.title, op: 'contains' as const, value: asked } } : {}
  const list = useRecordQuery(key, { ...filter, limit: mostChoices }, isOpen && object !== undefined && !isSearch)
  if (isSearch) {
    const hits = found.data?.groups.flatMap((group) => group.hits) ?? []
    return { options: hits.map(({ id, title }) => ({ value: id, label: title ?? '—' })), isFetching: found.isFetching }
  }
  const rows = list.data?.rows ?? []
  const options = rows.map((row) => ({ value: row.id, label: object ? titleOf(object, row, language) : row.id }))
  return { options, isFetching: list.isFetching }
}
