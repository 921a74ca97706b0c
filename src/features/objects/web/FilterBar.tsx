import { useState } from 'react'
import { FilterOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input, Popover, Tag } from 'antd'
import { all, type Condition, type Filter } from '#engine/query/filter.ts'
import { useChangeAddress } from '#web/shell/address.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { ConditionEditor } from './ConditionEditor.tsx'
import { useConditionWords } from './use-condition-words.ts'
import { fieldOf, type ScreenField, type ScreenObject } from './use-objects.ts'
import { usePeopleNames, useUnitName } from './use-people.ts'
import { useRecord } from './use-records.ts'
import { objectWords } from './words.ts'
import './objects.css'

interface FilterBarProps {
  readonly object: ScreenObject
  readonly filter: Filter | undefined
  readonly onChange: (filter: Filter | undefined) => void
  /** Words searched in the titles. */
  readonly search: string
  readonly onSearch: (text: string) => void
}

/** Search, conditions as chips, and a way to add one. */
export function FilterBar({ object, filter, onChange, search, onSearch }: FilterBarProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  const change = useChangeAddress()
  const { node } = useWhoAndWhen()
  const [added, setAdded] = useState<ScreenField>()
  const titleField = fieldOf(object, object.title)
  const hasOwner = object.fields.some((field) => field.type === 'owner')
  const parts = partsOf(filter)
  const put = (wanted: readonly Filter[]) => onChange(wanted.length > 0 ? all(...wanted) : undefined)
  const apply = (condition: Condition, at: number) => {
    const kept = [...parts]
    const isNone = Array.isArray(condition.value) && condition.value.length === 0
    kept.splice(at, 1, ...(isNone ? [] : [condition]))
    put(kept)
  }
  return (
    <div className="filter-bar">
      <Input.Search
        key={search}
        className="filter-search"
        allowClear
        defaultValue={search}
        placeholder={t('search', { field: titleField ? label(titleField.label) : '' })}
        aria-label={t('search', { field: titleField ? label(titleField.label) : '' })}
        onSearch={(text) => onSearch(text.trim())}
      />
      {node && hasOwner && <NodeChip node={node} onRemove={() => change({ node: undefined })} />}
      {parts.map((part, at) => {
        const remove = () => put(parts.filter((_other, place) => place !== at))
        const field =
          'field' in part && !('children' in part) ? fieldOf(object, part.field.split('.')[0] ?? '') : undefined
        return field && 'field' in part && !('children' in part) ? (
          <ConditionChip
            key={`${part.field}-${at}`}
            field={field}
            condition={part}
            onApply={(next) => apply(next, at)}
            onRemove={remove}
          />
        ) : (
          <Tag
            key={at}
            className="filter-chip"
            closable={{ 'aria-label': t('removeFilter', { text: t('condition') }) }}
            onClose={(event) => (event.preventDefault(), remove())}
          >
            {t('condition')}
          </Tag>
        )
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
                const at = parts.findIndex((known) => 'field' in known && known.field === condition.field)
                apply(condition, at < 0 ? parts.length : at)
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
      {(parts.length > 0 || search) && (
        <Button type="link" onClick={() => (onChange(undefined), onSearch(''))}>
          {t('clearFilters')}
        </Button>
      )}
    </div>
  )
}

function partsOf(filter: Filter | undefined): readonly Filter[] {
  if (!filter) return []
  return 'and' in filter ? filter.and : [filter]
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
