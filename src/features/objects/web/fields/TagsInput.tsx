import { useState } from 'react'
import { Select } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import type { ScreenField } from '../use-objects.ts'
import { useRecordQuery } from '../use-records.ts'
import { objectWords } from '../words.ts'
import { entriesOf, type ControlProps } from './control.ts'

interface TagsInputProps extends ControlProps {
  readonly field: ScreenField
  /** Key of the object, whose tags in use are offered. */
  readonly object: string
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[] | null) => void
}

const longestTag = 40

/** Words of one's own; those that newer records bear are offered. */
export function TagsInput({ field, object, value, onChange, ...rest }: TagsInputProps) {
  const t = useWords(objectWords)
  const [isOpen, setOpen] = useState(false)
  const filter = { field: field.key, op: 'notEmpty' as const }
  const sort = [{ field: 'updatedAt', descending: true }]
  const list = useRecordQuery(object, { filter, sort, limit: 200 }, isOpen && object !== '')
  const known = [...new Set(list.data?.rows.flatMap((row) => entriesOf(row[field.key])) ?? [])]
  return (
    <Select<string[]>
      {...rest}
      mode="tags"
      value={[...value]}
      allowClear
      tokenSeparators={['、', ',', '，', ';', '；']}
      placeholder={t('tagsHint')}
      options={known.map((tag) => ({ value: tag, label: tag }))}
      onOpenChange={setOpen}
      onChange={(written: string[]) => {
        const tags = [...new Set(written.map((tag) => tag.trim().slice(0, longestTag)).filter((tag) => tag !== ''))]
        onChange(tags.length > 0 ? tags : null)
      }}
    />
  )
}
