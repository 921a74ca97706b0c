import { useState } from 'react'
import { FilterOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input, Popover, Tag } from 'antd'
import type { Condition } from '#engine/query/filter.ts'
import { useChangeAddress } from '#web/shell/address.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { ConditionEditor } from './ConditionEditor.tsx'
import { writeConditions, type ListState } from './list-address.ts'
import { useConditionWords } from './use-condition-words.ts'
import { fieldOf, type ScreenField, type ScreenObject } from './use-objects.ts'
import { usePeopleNames, useUnitName } from './use-people.ts'
import { useRecord } from './use-records.ts'
import { objectWords } from './words.ts'

interface FilterBarProps {
  readonly object: ScreenObject
  readonly state: ListState
}

/** Search, conditions as chips, and a way to add one; all of it lives in the address. */
export function FilterBar({ object, state }: FilterBarProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  const change = useChangeAddress()
  const { node } = useWhoAndWhen()
  const [added, setAdded] = useState<ScreenField>()
  const titleField = fieldOf(object, object.title)
  const hasOwner = object.fields.some((field) => field.type === 'owner')
  const put = (conditions: readonly Condition[]) => change({ filter: writeConditions(conditions) })
  const apply = (condition: Condition, at: number) => {
    const kept = [...state.conditions]
    const isNone = Array.isArray(condition.value) && condition.value.length === 0
    kept.splice(at, 1, ...(isNone ? [] : [condition]))
    put(kept)
  }
  return (
    <div className="filter-bar">
      <Input.Search
        className="filter-search"
        allowClear
        defaultValue={state.search}
        placeholder={t('search', { field: titleField ? label(titleField.label) : '' })}
        aria-label={t('search', { field: titleField ? label(titleField.label) : '' })}
        onSearch={(text) => change({ q: text.trim() || undefined })}
      />
      {node && hasOwner && <NodeChip node={node} onRemove={() => change({ node: undefined })} />}
      {state.conditions.map((condition, at) => {
        const field = fieldOf(object, condition.field.split('.')[0] ?? '')
        return field ? (
          <ConditionChip
            key={`${condition.field}-${at}`}
            field={field}
            condition={condition}
            onApply={(next) => apply(next, at)}
            onRemove={() => put(state.conditions.filter((_other, place) => place !== at))}
          />
        ) : null
      })}
      <Popover
        open={added !== undefined}
        trigger="click"
        placement="bottomLeft"
        onOpenChange={(isOpen) => !isOpen && setAdded(undefined)}
        title={added ? label(added.label) : undefined}
        content={
          added && (
            <ConditionEditor
              key={added.key}
              field={added}
              onApply={(condition) => {
                if (added.type !== 'choice') setAdded(undefined)
                const at = state.conditions.findIndex((known) => known.field === condition.field)
                apply(condition, at < 0 ? state.conditions.length : at)
              }}
            />
          )
        }
      >
        <Dropdown
          trigger={['click']}
          menu={{
            items: object.fields
              .filter((field) => field.type !== 'credits')
              .map((field) => ({ key: field.key, label: label(field.label) })),
            onClick: ({ key }) => setAdded(fieldOf(object, key)),
            style: { maxHeight: 360, overflow: 'auto' },
          }}
        >
          <Button icon={<FilterOutlined />}>{t('addFilter')}</Button>
        </Dropdown>
      </Popover>
      {(state.conditions.length > 0 || state.search) && (
        <Button type="link" onClick={() => change({ filter: undefined, q: undefined })}>
          {t('clearFilters')}
        </Button>
      )}
    </div>
  )
}

interface ConditionChipProps {
  readonly field: ScreenField
  readonly condition: Condition
  readonly onApply: (condition: Condition) => void
  readonly onRemove: () => void
}

function ConditionChip(props: ConditionChipProps) {
  const isReference =
    props.field.type === 'reference' && typeof props.condition.value === 'string' && props.condition.op === 'eq'
  return isReference ? <ReferenceChip {...props} /> : <Chip {...props} />
}

function ReferenceChip(props: ConditionChipProps) {
  const { data } = useRecord(props.field.to ?? '', String(props.condition.value))
  const name = data?.['name'] ?? data?.['code'] ?? data?.['subject']
  return <Chip {...props} referred={typeof name === 'string' ? name : undefined} />
}

function Chip({
  field,
  condition,
  referred,
  onApply,
  onRemove,
}: ConditionChipProps & { readonly referred?: string | undefined }) {
  const t = useWords(objectWords)
  const words = useConditionWords()
  const text = words(condition, field, referred)
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={isOpen}
      onOpenChange={setOpen}
      content={
        <ConditionEditor
          field={field}
          before={condition}
          onApply={(next) => {
            if (field.type !== 'choice') setOpen(false)
            onApply(next)
          }}
        />
      }
    >
      <Tag
        className="filter-chip"
        closable={{ 'aria-label': t('removeFilter', { text }) }}
        onClose={(event) => (event.preventDefault(), onRemove())}
      >
        <button type="button" className="plain-button">
          {text}
        </button>
      </Tag>
    </Popover>
  )
}

function NodeChip({ node, onRemove }: { readonly node: string; readonly onRemove: () => void }) {
  const t = useWords(objectWords)
  const [unit, person] = node.split('.')
  const people = usePeopleNames()
  const name = useUnitName(unit) ?? '…'
  const text = person ? t('ownerIs', { person: people.get(person) ?? '…' }) : t('ownerIn', { unit: name })
  return (
    <Tag
      className="filter-chip"
      color="green"
      variant="filled"
      closable={{ 'aria-label': t('removeFilter', { text }) }}
      onClose={(event) => (event.preventDefault(), onRemove())}
    >
      {text}
    </Tag>
  )
}
