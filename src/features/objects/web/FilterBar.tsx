import { Suspense, useMemo, useState } from 'react'
import { FilterOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input, Popover, Tag } from 'antd'
import { all, type Condition, type Filter } from '#engine/query/filter.ts'
import { lazyPart } from '#web/kit/lazy-part.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useChangeAddress } from '#web/shell/address.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { BuilderProvider } from './filter/builder-context.ts'
import { QuickCondition } from './filter/QuickCondition.tsx'
import { readText } from './filter/use-filter-reading.ts'
import { useFilterWords } from './filter/use-filter-words.ts'
import { filterWords } from './filter/words.ts'
import { fieldOf, shownFieldsOf, type ScreenField, type ScreenObject } from './use-objects.ts'
import { usePeopleNames, useUnitName } from './use-people.ts'
import { objectWords } from './words.ts'
import './objects.css'

/** Comes when it is first opened. */
const FilterPanel = lazyPart(() => import('./filter/FilterPanel.tsx'), 'FilterPanel')

interface FilterBarProps {
  readonly object: ScreenObject
  readonly filter: Filter | undefined
  readonly onChange: (filter: Filter | undefined) => void
  /** Words searched in the titles. */
  readonly search: string
  readonly onSearch: (text: string) => void
}

/** Search, conditions as chips, a way to add one, and the sheet on which the whole filter is edited. */
export function FilterBar({ object, filter, onChange, search, onSearch }: FilterBarProps) {
  const t = useWords(objectWords)
  const f = useWords(filterWords)
  const label = useLabel()
  const change = useChangeAddress()
  const isPhone = useIsPhone()
  const { node } = useWhoAndWhen()
  const [added, setAdded] = useState<ScreenField>()
  const [panel, setPanel] = useState<'unopened' | 'open' | 'closed'>('unopened')
  const { words, catalogue, names } = useFilterWords(object, filter)
  const builder = useMemo(() => ({ catalogue, names }), [catalogue, names])
  const titleField = fieldOf(object, object.title)
  const hasOwner = object.fields.some((field) => field.type === 'owner')
  const parts = partsOf(filter)
  const put = (wanted: readonly Filter[]) => onChange(wanted.length > 0 ? all(...wanted) : undefined)
  /** What is written like a filter and can be read is one; the rest is looked for in the names. */
  const look = async (text: string) => {
    const read = isLikeFilter(text) ? await readText(object.key, text).catch(() => undefined) : undefined
    if (!read?.filter) return onSearch(text)
    onSearch('')
    put([...parts, ...partsOf(read.filter)])
  }
  return (
    <BuilderProvider value={builder}>
      <div className="filter-bar">
        <Input.Search
          key={search}
          className="filter-search"
          allowClear
          defaultValue={search}
          placeholder={t('search', { field: titleField ? label(titleField.label) : '' })}
          aria-label={t('search', { field: titleField ? label(titleField.label) : '' })}
          onSearch={(text) => void look(text.trim())}
        />
        {node && hasOwner && <NodeChip node={node} onRemove={() => change({ node: undefined })} />}
        {parts.map((part, at) => (
          <PartChip
            // A chip that was changed is another chip: its editor closes.
            key={`${at} ${JSON.stringify(part)}`}
            object={object}
            part={part}
            text={words(part)}
            onApply={(next) => put(parts.with(at, next))}
            onRemove={() => put(parts.toSpliced(at, 1))}
            onOpen={() => setPanel('open')}
          />
        ))}
        <Popover
          open={added !== undefined}
          trigger="click"
          placement="bottomLeft"
          destroyOnHidden
          onOpenChange={(isShown) => !isShown && setAdded(undefined)}
          title={added ? label(added.label) : undefined}
          content={
            added && (
              <QuickCondition
                key={added.key}
                object={object}
                condition={{ field: added.key }}
                onApply={(condition) => {
                  setAdded(undefined)
                  put([...parts, condition])
                }}
              />
            )
          }
        >
          <Dropdown
            trigger={['click']}
            menu={{
              items: shownFieldsOf(object)
                .filter((field) => field.type !== 'credits')
                .map((field) => ({ key: field.key, label: label(field.label) })),
              onClick: ({ key }) => setAdded(fieldOf(object, key)),
              style: { maxHeight: 360, overflow: 'auto' },
            }}
          >
            <Button icon={<PlusOutlined />}>{t('addFilter')}</Button>
          </Dropdown>
        </Popover>
        <Button icon={<FilterOutlined />} aria-label={f('open')} onClick={() => setPanel('open')}>
          {isPhone ? null : f('open')}
        </Button>
        {(parts.length > 0 || search) && (
          <Button type="link" onClick={() => (onChange(undefined), onSearch(''))}>
            {t('clearFilters')}
          </Button>
        )}
        {panel !== 'unopened' && (
          <Suspense fallback={null}>
            <FilterPanel
              object={object}
              filter={filter}
              isOpen={panel === 'open'}
              onClose={() => setPanel('closed')}
              onChange={onChange}
            />
          </Suspense>
        )}
      </div>
    </BuilderProvider>
  )
}

const isLikeFilter = (text: string): boolean => /[:：=＝<>＜＞≤≥≠]/.test(text)

function partsOf(filter: Filter | undefined): readonly Filter[] {
  if (!filter) return []
  return 'and' in filter ? filter.and : [filter]
}

interface PartChipProps {
  readonly object: ScreenObject
  readonly part: Filter
  readonly text: string
  readonly onApply: (condition: Condition) => void
  readonly onRemove: () => void
  /** Opens the sheet, for what a small editor cannot show. */
  readonly onOpen: () => void
}

function PartChip({ object, part, text, onApply, onRemove, onOpen }: PartChipProps) {
  const t = useWords(objectWords)
  const f = useWords(filterWords)
  const [isOpen, setOpen] = useState(false)
  const condition = 'field' in part && !('children' in part) ? part : undefined
  const isSimple = condition !== undefined && fieldOf(object, condition.field) !== undefined
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      destroyOnHidden
      open={isSimple && isOpen}
      onOpenChange={setOpen}
      content={condition && <QuickCondition object={object} condition={condition} onApply={onApply} />}
    >
      <Tag
        className="filter-chip"
        closable={{ 'aria-label': t('removeFilter', { text }) }}
        onClose={(event) => (event.preventDefault(), onRemove())}
      >
        <button
          type="button"
          className="plain-button ellipsis"
          title={text}
          aria-label={f('edit', { text })}
          onClick={isSimple ? undefined : onOpen}
        >
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
