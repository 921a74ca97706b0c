import { DeleteOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { valueTypeOf } from '#engine/model/column.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import { fieldAt, operatorsFor } from '#engine/query/check.ts'
import type { FilterValue, Operator } from '#engine/query/filter.ts'
import { useWords } from '#web/words/use-words.ts'
import { useBuilder } from './builder-context.ts'
import { isFinished, type DraftCondition } from './draft.ts'
import { FieldPicker, type Subject } from './FieldPicker.tsx'
import { operatorWord, usualOperator } from './operator-words.ts'
import { ValueInput } from './ValueInput.tsx'
import { filterWords } from './words.ts'

interface ConditionRowProps {
  readonly object: ObjectType
  readonly condition: DraftCondition
  readonly onChange: (condition: DraftCondition) => void
  readonly onChoose: (subject: Subject) => void
  readonly onRemove: () => void
}

/** One condition: what it is about, how it compares, and with what. */
export function ConditionRow({ object, condition, onChange, onChoose, onRemove }: ConditionRowProps) {
  const t = useWords(filterWords)
  const { catalogue } = useBuilder()
  const field = condition.field === undefined ? undefined : fieldAt(condition.field, object, catalogue)
  const isIncomplete = field !== undefined && !isFinished(settled(condition, field), object, catalogue)
  return (
    <div className="filter-row" role="group" aria-label={t('condition')}>
      <FieldPicker
        object={object}
        value={condition.field}
        onChoose={(subject) => {
          const next = 'field' in subject ? fieldAt(subject.field, object, catalogue) : undefined
          if ('field' in subject && next)
            onChange(settled({ ...condition, field: subject.field, op: undefined, value: undefined }, next))
          else onChoose(subject)
        }}
      />
      {field && <Comparison object={object} condition={settled(condition, field)} field={field} onChange={onChange} />}
      <Button type="text" icon={<DeleteOutlined />} aria-label={t('remove')} onClick={onRemove} />
      {isIncomplete && <span className="filter-incomplete">{t('incomplete')}</span>}
    </div>
  )
}

/** The condition with the operator and value that its controls show while nothing else is chosen. */
export function settled(condition: DraftCondition, field: Field): DraftCondition {
  const op = condition.op ?? usualOperator(field)
  const isDated = valueTypeOf(field) === 'date' || valueTypeOf(field) === 'date_time'
  const isSpan = op === 'within' && isDated && condition.value === undefined
  return { ...condition, op, ...(isSpan ? { value: { relative: 'this_month' } } : {}) }
}

interface ComparisonProps {
  readonly object: ObjectType
  readonly condition: DraftCondition
  readonly field: Field
  readonly onChange: (condition: DraftCondition) => void
}

/** Operator and value, for a field that is chosen. */
export function Comparison({ object, condition, field, onChange }: ComparisonProps) {
  const t = useWords(filterWords)
  const op = condition.op ?? usualOperator(field)
  return (
    <>
      <Select<Operator>
        className="filter-operator"
        aria-label={t('operator')}
        value={op}
        options={operatorsFor(field).map((one) => ({ value: one, label: t(operatorWord(one, field)) }))}
        popupMatchSelectWidth={false}
        onChange={(next) =>
          onChange(settled({ ...condition, op: next, value: carried(condition.value, op, next) }, field))
        }
      />
      <div className="filter-value">
        <ValueInput
          object={object.key}
          field={field}
          op={op}
          value={condition.value}
          onChange={(value) => onChange({ ...condition, op, value })}
        />
      </div>
    </>
  )
}

const shapeOf = (op: Operator) =>
  op === 'within' || op === 'between' ? op : ['in', 'hasAny', 'hasAll', 'hasNone'].includes(op) ? 'list' : 'single'

/** A value goes along to another operator as far as it fits there. */
function carried(value: FilterValue | undefined, from: Operator, to: Operator): FilterValue | undefined {
  const [before, after] = [shapeOf(from), shapeOf(to)]
  if (before === after) return value
  if (before === 'single' && after === 'list' && typeof value === 'string' && value !== '') return [value]
  const first: unknown = Array.isArray(value) ? value[0] : undefined
  return before === 'list' && after === 'single' && typeof first === 'string' ? first : undefined
}
