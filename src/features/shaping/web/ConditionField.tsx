import { Suspense, useMemo, useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import type { Filter } from '#engine/query/filter.ts'
import { FilterPanel, useFilterWords, type ScreenObject } from '#features/objects/web/index.tsx'
import { useWords } from '#web/words/use-words.ts'
import { FaultLine } from './LabelInput.tsx'
import { shapeWords } from './words.ts'
import './shape.css'

interface ConditionFieldProps {
  readonly id: string
  readonly name: string
  readonly object: ScreenObject
  readonly value: Filter | undefined
  /** Only what people fill in: what a form can decide before it is saved. */
  readonly isFilledIn?: boolean
  readonly fault?: string | undefined
  readonly onChange: (value: Filter | undefined) => void
}

/** A condition on records of an object, for forms, rules and roll-ups alike: in words, and changed on the filter's sheet. */
export function ConditionField({ id, name, object, value, isFilledIn = false, fault, onChange }: ConditionFieldProps) {
  const t = useWords(shapeWords)
  const asked = useMemo(
    () => (isFilledIn ? { ...object, fields: object.fields.filter(({ result }) => result === undefined) } : object),
    [object, isFilledIn],
  )
  const { words } = useFilterWords(asked, value)
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="shape-field" role="group" aria-labelledby={`${id}-name`}>
      <span id={`${id}-name`} className="shape-caption">
        {name}
      </span>
      {value ? (
        <Tag
          className="shape-condition"
          closable={{ 'aria-label': t('removeCondition', { text: words(value) }) }}
          onClose={() => onChange(undefined)}
        >
          <button type="button" className="plain-button" onClick={() => setOpen(true)}>
            {words(value)}
          </button>
        </Tag>
      ) : (
        <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
          {t('addCondition')}
        </Button>
      )}
      <Suspense fallback={null}>
        {isOpen && (
          <FilterPanel object={asked} filter={value} isOpen onClose={() => setOpen(false)} onChange={onChange} />
        )}
      </Suspense>
      <FaultLine id={id} fault={fault} />
    </div>
  )
}
