import { Suspense, useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, Popover, Segmented, Tag } from 'antd'
import type { Condition, Filter } from '#engine/query/filter.ts'
import {
  ConditionEditor,
  titleOf,
  useConditionWords,
  useObject,
  useRecord,
  type ScreenField,
  type ScreenObject,
} from '#features/objects/web/index.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { filterOf, listOf, type ConditionList } from './condition-list.ts'
import { FaultLine } from './LabelInput.tsx'
import { shapeWords } from './words.ts'

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

/** A condition on records of an object, for forms, rules and roll-ups alike. */
export function ConditionField({ id, name, object, value, isFilledIn, fault, onChange }: ConditionFieldProps) {
  const t = useWords(shapeWords)
  const list = listOf(value)
  return (
    <div className="shape-field" role="group" aria-labelledby={`${id}-name`}>
      <span id={`${id}-name`} className="shape-caption">
        {name}
      </span>
      {list ? (
        <Conditions object={object} list={list} isFilledIn={isFilledIn ?? false} onChange={onChange} />
      ) : (
        <Tag closable={{ 'aria-label': t('removeCondition', { text: name }) }} onClose={() => onChange(undefined)}>
          {t('otherCondition')}
        </Tag>
      )}
      <FaultLine id={id} fault={fault} />
    </div>
  )
}

const notAsked: ReadonlySet<string> = new Set(['credits', 'file', 'multi_choice', 'multi_reference', 'region', 'tags'])

/** The field as its values are compared: computed ones by what they amount to. */
function compared(field: ScreenField): ScreenField {
  const type = field.result ?? field.type
  return { ...field, type: type === 'rating' ? 'number' : type }
}

interface ConditionsProps {
  readonly object: ScreenObject
  readonly list: ConditionList
  readonly isFilledIn: boolean
  readonly onChange: (value: Filter | undefined) => void
}

function Conditions({ object, list, isFilledIn, onChange }: ConditionsProps) {
  const t = useWords(shapeWords)
  const label = useLabel()
  const [added, setAdded] = useState<ScreenField>()
  const { conditions } = list
  const offered = object.fields.filter(
    (field) => !notAsked.has(field.type) && !(isFilledIn && field.result !== undefined),
  )
  const put = (next: readonly Condition[]) => onChange(filterOf({ ...list, conditions: next }))
  const apply = (condition: Condition) => {
    const isNone = Array.isArray(condition.value) && condition.value.length === 0
    const others = conditions.filter((known) => known.field !== condition.field)
    put(isNone ? others : [...others, condition])
  }
  return (
    <div className="shape-conditions">
      {conditions.length > 1 && (
        <Segmented<'and' | 'or'>
          size="small"
          value={list.join}
          options={[
            { value: 'and', label: t('allOf') },
            { value: 'or', label: t('anyOf') },
          ]}
          onChange={(join) => onChange(filterOf({ ...list, join }))}
        />
      )}
      {conditions.map((condition, at) => (
        <ConditionTag
          key={`${condition.field}-${condition.op}`}
          object={object}
          condition={condition}
          onRemove={() => put(conditions.filter((_other, place) => place !== at))}
        />
      ))}
      <Popover
        open={added !== undefined}
        trigger="click"
        placement="bottomLeft"
        title={added && label(added.label)}
        onOpenChange={(isOpen) => !isOpen && setAdded(undefined)}
        content={
          added && (
            <Suspense fallback={null}>
              <Editor
                field={added}
                before={conditions.find((condition) => condition.field === added.key)}
                onApply={(condition) => {
                  if (added.type !== 'choice') setAdded(undefined)
                  apply(condition)
                }}
              />
            </Suspense>
          )
        }
      >
        <Dropdown
          trigger={['click']}
          menu={{
            items: offered.map((field) => ({ key: field.key, label: label(field.label) })),
            onClick: ({ key }) => {
              const field = offered.find((one) => one.key === key)
              setAdded(field && compared(field))
            },
            style: { maxHeight: 320, overflow: 'auto' },
          }}
        >
          <Button size="small" type="dashed" icon={<PlusOutlined />}>
            {t('addCondition')}
          </Button>
        </Dropdown>
      </Popover>
    </div>
  )
}

interface EditorProps {
  readonly field: ScreenField
  readonly before: Condition | undefined
  readonly onApply: (condition: Condition) => void
}

function Editor({ field, before, onApply }: EditorProps) {
  const t = useWords(shapeWords)
  if (field.type !== 'yes_no')
    return <ConditionEditor key={field.key} field={field} before={before} onApply={onApply} />
  return (
    <div className="shape-yes-no">
      <Button onClick={() => onApply({ field: field.key, op: 'eq', value: true })}>{t('yes')}</Button>
      <Button onClick={() => onApply({ field: field.key, op: 'eq', value: false })}>{t('no')}</Button>
    </div>
  )
}

interface ConditionTagProps {
  readonly object: ScreenObject
  readonly condition: Condition
  readonly onRemove: () => void
}

function ConditionTag({ object, condition, onRemove }: ConditionTagProps) {
  const t = useWords(shapeWords)
  const label = useLabel()
  const words = useConditionWords()
  const known = object.fields.find((field) => field.key === condition.field)
  const field = known && compared(known)
  const text = !field
    ? condition.field
    : field.type === 'yes_no' && condition.op === 'eq'
      ? `${label(field.label)}: ${t(condition.value === true ? 'yes' : 'no')}`
      : words(condition, field)
  const isReference = field?.type === 'reference' && condition.op === 'eq' && typeof condition.value === 'string'
  return (
    <Tag className="shape-condition" closable={{ 'aria-label': t('removeCondition', { text }) }} onClose={onRemove}>
      {isReference ? (
        <>
          {label(field.label)}: <RecordName object={field.to ?? ''} id={String(condition.value)} />
        </>
      ) : (
        text
      )}
    </Tag>
  )
}

function RecordName({ object: key, id }: { readonly object: string; readonly id: string }) {
  const language = useLanguage()
  const object = useObject(key)
  const { data } = useRecord(key, id)
  return <>{object && data ? titleOf(object, data, language) : '…'}</>
}
