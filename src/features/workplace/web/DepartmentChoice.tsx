import { useState } from 'react'
import { Select } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { workplaceWords } from './words.ts'

export interface Department {
  readonly id: string
  readonly name: string
}

interface DepartmentChoiceProps {
  readonly id?: string
  readonly value?: string | null
  readonly onChange?: (id: string | null) => void
  /** Those at their top; a deeper one is named by its ID. */
  readonly top: readonly Department[]
}

const whole = ''

/** Chooses the department of the brand that the sync begins at. */
export function DepartmentChoice({ value, onChange, top, ...rest }: DepartmentChoiceProps) {
  const t = useWords(workplaceWords)
  const [typed, setTyped] = useState('')
  const known = top.map(({ id, name }) => ({ value: id, label: name }))
  const byId = [value ?? '', typed.trim()]
    .filter((id, at, all) => id !== '' && all.indexOf(id) === at && !top.some((one) => one.id === id))
    .map((id) => ({ value: id, label: t('rootId', { id }) }))
  return (
    <Select<string>
      {...rest}
      value={value ?? whole}
      options={[{ value: whole, label: t('rootAll') }, ...known, ...byId]}
      showSearch={{ optionFilterProp: 'label', onSearch: setTyped }}
      onChange={(chosen) => onChange?.(chosen === whole ? null : chosen)}
    />
  )
}
