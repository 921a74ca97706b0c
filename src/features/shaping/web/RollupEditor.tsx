import { Select } from 'antd'
import { aggregates, type Aggregate } from '#engine/query/filter.ts'
import { useObjects, type ScreenField, type ScreenObject } from '#features/objects/web/index.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { ConditionField } from './ConditionField.tsx'
import { resultOf, type RollupDraft } from './field-draft.ts'
import { FaultLine } from './LabelInput.tsx'
import { shapeWords } from './words.ts'

interface RollupEditorProps {
  readonly id: string
  readonly screen: ScreenObject
  readonly value: RollupDraft | undefined
  readonly fault: string | undefined
  readonly onChange: (rollup: RollupDraft) => void
}

const numbers: ReadonlySet<string> = new Set(['number', 'money', 'percent', 'rating'])
const valueTypeOf = (field: ScreenField) => field.result ?? field.type

function measurable(field: ScreenField, aggregate: Aggregate): boolean {
  const type = valueTypeOf(field)
  return numbers.has(type) || (type === 'date' && (aggregate === 'min' || aggregate === 'max'))
}

const words = { count: 'count', sum: 'sum', min: 'min_of', max: 'max_of', avg: 'avg' } as const

/** Which records below, by which reference, how, of which field, and only those that meet a condition. */
export function RollupEditor({ id, screen, value, fault, onChange }: RollupEditorProps) {
  const t = useWords(shapeWords)
  const label = useLabel()
  const { objects } = useObjects()
  const refersHere = (field: ScreenField) => field.type === 'reference' && field.to === screen.key
  const children = objects.filter((object) => object.fields.some(refersHere))
  const child = children.find((object) => object.key === value?.of)
  const ways = child?.fields.filter(refersHere) ?? []
  if (children.length === 0) return <p className="muted">{t('noChildren', { name: label(screen.label) })}</p>

  const choose = (of: string) => {
    const via = objects.find((object) => object.key === of)?.fields.find(refersHere)?.key
    if (via) onChange({ of, via, aggregate: 'count', result: 'number' })
  }
  const change = (changes: Partial<RollupDraft>) => {
    if (!value) return
    const { field: named, where, ...next } = { ...value, ...changes }
    const measured = child?.fields.find((one) => one.key === named)
    const isKept = next.aggregate !== 'count' && measured !== undefined && measurable(measured, next.aggregate)
    onChange({
      ...next,
      ...(isKept ? { field: measured.key } : {}),
      ...(where ? { where } : {}),
      result: resultOf(next.aggregate, isKept ? valueTypeOf(measured) : undefined),
    })
  }
  return (
    <fieldset className="shape-part">
      <legend>{t('rollupPart')}</legend>
      <Picked
        id={`${id}-of`}
        name={t('ofChild')}
        value={value?.of}
        options={children.map((object) => ({ value: object.key, label: label(object.label) }))}
        onChange={choose}
      />
      {value && child && (
        <>
          {ways.length > 1 && (
            <Picked
              id={`${id}-via`}
              name={t('via')}
              value={value.via}
              options={ways.map((field) => ({ value: field.key, label: label(field.label) }))}
              onChange={(via) => change({ via })}
            />
          )}
          <Picked
            id={`${id}-how`}
            name={t('aggregate')}
            value={value.aggregate}
            options={aggregates.map((aggregate) => ({ value: aggregate, label: t(words[aggregate]) }))}
            onChange={(aggregate) => change({ aggregate })}
          />
          {value.aggregate !== 'count' && (
            <Picked
              id={`${id}-field`}
              name={t('measured')}
              value={value.field}
              options={child.fields
                .filter((field) => measurable(field, value.aggregate))
                .map((field) => ({ value: field.key, label: label(field.label) }))}
              onChange={(field) => change({ field })}
            />
          )}
          <ConditionField
            id={`${id}-where`}
            name={t('onlyIf')}
            object={child}
            value={value.where}
            onChange={(where) => change({ where })}
          />
        </>
      )}
      <FaultLine id={id} fault={fault} />
    </fieldset>
  )
}

interface PickedProps<Value extends string> {
  readonly id: string
  readonly name: string
  readonly value: Value | undefined
  readonly options: { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
}

function Picked<Value extends string>({ id, name, value, options, onChange }: PickedProps<Value>) {
  const t = useWords(shapeWords)
  return (
    <div className="shape-field">
      <label htmlFor={id}>{name}</label>
      <Select<Value>
        id={id}
        value={value ?? null}
        placeholder={t('choose')}
        showSearch={{ optionFilterProp: 'label' }}
        options={options}
        onChange={onChange}
      />
    </div>
  )
}
