import { useId } from 'react'
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import type { ObjectType } from '#engine/model/object-type.ts'
import { useWords } from '#web/words/use-words.ts'
import { ChildrenRow } from './ChildrenRow.tsx'
import { ConditionRow } from './ConditionRow.tsx'
import { newChildren, newCondition, newGroup, type Draft, type DraftGroup } from './draft.ts'
import type { Subject } from './FieldPicker.tsx'
import { filterWords } from './words.ts'

const joinings = [
  { key: 'allOf', joins: 'and', isNegated: false },
  { key: 'anyOf', joins: 'or', isNegated: false },
  { key: 'noneOf', joins: 'or', isNegated: true },
  { key: 'notAll', joins: 'and', isNegated: true },
] as const

interface FilterGroupProps {
  readonly object: ObjectType
  readonly group: DraftGroup
  readonly onChange: (group: DraftGroup) => void
  /** The outermost group stays. */
  readonly onRemove?: (() => void) | undefined
  readonly depth: number
}

/** How deep people may nest; filters from elsewhere may be deeper and are shown all the same. */
const deepestGroups = 5

/** Conditions that are joined in one way, with groups in it. */
export function FilterGroup({ object, group, onChange, onRemove, depth }: FilterGroupProps) {
  const t = useWords(filterWords)
  const id = useId()
  const joining = joinings.find(({ joins, isNegated }) => joins === group.joins && isNegated === group.isNegated)
  const put = (parts: readonly Draft[]) => onChange({ ...group, parts })
  const replace = (at: number, part: Draft) => put(group.parts.with(at, part))
  const remove = (at: number) => put(group.parts.toSpliced(at, 1))
  return (
    <div className="filter-group" role="group" aria-labelledby={id} data-depth={depth % 2}>
      <div className="filter-group-head">
        <span id={id} className="visually-hidden">
          {t(joining?.key ?? 'allOf')}
        </span>
        <Select
          size="small"
          aria-label={t('groupKind')}
          value={joining?.key ?? 'allOf'}
          options={joinings.map(({ key }) => ({ value: key, label: t(key) }))}
          popupMatchSelectWidth={false}
          onChange={(key) => {
            const chosen = joinings.find((one) => one.key === key)
            if (chosen) onChange({ ...group, joins: chosen.joins, isNegated: chosen.isNegated })
          }}
        />
        {onRemove && (
          <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('removeGroup')} onClick={onRemove} />
        )}
      </div>
      {group.parts.map((part, at) => (
        <FilterPart
          key={part.id}
          object={object}
          part={part}
          depth={depth}
          onChange={(next) => replace(at, next)}
          onRemove={() => remove(at)}
        />
      ))}
      <div className="filter-group-foot">
        <Button size="small" icon={<PlusOutlined />} onClick={() => put([...group.parts, newCondition()])}>
          {t('addCondition')}
        </Button>
        {depth < deepestGroups && (
          <Button
            size="small"
            type="text"
            onClick={() => put([...group.parts, newGroup([newCondition()], group.joins === 'and' ? 'or' : 'and')])}
          >
            {t('addGroup')}
          </Button>
        )}
      </div>
    </div>
  )
}

interface FilterPartProps {
  readonly object: ObjectType
  readonly part: Draft
  readonly depth: number
  readonly onChange: (part: Draft) => void
  readonly onRemove: () => void
}

function FilterPart({ object, part, depth, onChange, onRemove }: FilterPartProps) {
  const choose = (subject: Subject) =>
    onChange(
      'field' in subject ? { ...newCondition(), field: subject.field } : newChildren(subject.children, subject.via),
    )
  if (part.kind === 'group') {
    return <FilterGroup object={object} group={part} depth={depth + 1} onChange={onChange} onRemove={onRemove} />
  }
  if (part.kind === 'condition') {
    return <ConditionRow object={object} condition={part} onChange={onChange} onChoose={choose} onRemove={onRemove} />
  }
  return (
    <ChildrenRow
      object={object}
      draft={part}
      onChange={onChange}
      onChoose={choose}
      onRemove={onRemove}
      renderWhere={(child) => (
        <FilterGroup
          object={child}
          group={part.where}
          depth={depth + 1}
          onChange={(where) => onChange({ ...part, where })}
        />
      )}
    />
  )
}
