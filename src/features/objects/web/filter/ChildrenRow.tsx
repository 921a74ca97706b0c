import type { ReactNode } from 'react'
import { DeleteOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import { isMeasured } from '#engine/query/check.ts'
import {
  aggregates,
  figureOperators,
  type Aggregate,
  type Children,
  type FigureOperator,
} from '#engine/query/filter.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { useBuilder } from './builder-context.ts'
import { isFinished, type DraftChildren } from './draft.ts'
import { FieldPicker, valueOfFamily, type Subject } from './FieldPicker.tsx'
import { operatorWord } from './operator-words.ts'
import { ValueInput } from './ValueInput.tsx'
import { filterWords } from './words.ts'

interface ChildrenRowProps {
  readonly object: ObjectType
  readonly draft: DraftChildren
  readonly onChange: (draft: DraftChildren) => void
  readonly onChoose: (subject: Subject) => void
  readonly onRemove: () => void
  readonly renderWhere: (child: ObjectType) => ReactNode
}

const countField: Field = { key: '', type: 'number', label: { zh: '个数', en: 'Number' } }

/** A condition on the records that refer to this one: a figure over those that meet the conditions below it. */
export function ChildrenRow({ object, draft, onChange, onChoose, onRemove, renderWhere }: ChildrenRowProps) {
  const t = useWords(filterWords)
  const label = useLabel()
  const { catalogue } = useBuilder()
  const child = catalogue.find(draft.children)
  if (!child) return null
  const measurable = child.fields.filter((field) => isMeasured(field, draft.aggregate))
  const measured = draft.aggregate === 'count' ? countField : child.fields.find(({ key }) => key === draft.field)
  const possible = aggregates.filter((one) => one === 'count' || child.fields.some((field) => isMeasured(field, one)))
  return (
    <div className="filter-children" role="group" aria-label={label(child.labelOfMany)}>
      <div className="filter-row">
        <FieldPicker object={object} value={valueOfFamily(draft.children, draft.via)} onChoose={onChoose} />
        <Select<Aggregate>
          className="filter-operator"
          aria-label={t('figure')}
          value={draft.aggregate}
          options={possible.map((one) => ({ value: one, label: t(one) }))}
          popupMatchSelectWidth={false}
          onChange={(aggregate) => onChange(withAggregate(draft, aggregate, child))}
        />
        {draft.aggregate !== 'count' && (
          <Select<string>
            className="filter-operator"
            aria-label={t('figureField')}
            value={draft.field ?? null}
            placeholder={t('figureField')}
            options={measurable.map((field) => ({ value: field.key, label: label(field.label) }))}
            popupMatchSelectWidth={false}
            onChange={(field) => onChange({ ...draft, field, value: '' })}
          />
        )}
        {measured && (
          <>
            <Select<FigureOperator>
              className="filter-operator"
              aria-label={t('operator')}
              value={draft.op}
              options={figureOperators.map((one) => ({ value: one, label: t(operatorWord(one, measured)) }))}
              popupMatchSelectWidth={false}
              onChange={(op) =>
                onChange({ ...draft, op, value: (op === 'between') === Array.isArray(draft.value) ? draft.value : '' })
              }
            />
            <div className="filter-value">
              <ValueInput
                object={child.key}
                field={measured}
                op={draft.op}
                value={draft.value}
                onChange={(value) => onChange({ ...draft, value: value as Children['value'] })}
              />
            </div>
          </>
        )}
        <Button type="text" icon={<DeleteOutlined />} aria-label={t('remove')} onClick={onRemove} />
        {!isFinished(draft, object, catalogue) && <span className="filter-incomplete">{t('incomplete')}</span>}
      </div>
      <p className="filter-where">{t('relatedWhere')}</p>
      {renderWhere(child)}
    </div>
  )
}

function withAggregate(draft: DraftChildren, aggregate: Aggregate, child: ObjectType): DraftChildren {
  if (aggregate === 'count') return { ...draft, aggregate, field: undefined, value: '0' }
  const fits = child.fields.some((field) => field.key === draft.field && isMeasured(field, aggregate))
  const field = fits ? draft.field : child.fields.find((one) => isMeasured(one, aggregate))?.key
  return { ...draft, aggregate, field, op: draft.aggregate === 'count' ? 'ge' : draft.op, value: '' }
}
