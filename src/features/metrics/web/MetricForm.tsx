import { Suspense } from 'react'
import { Radio, Select } from 'antd'
import { sharesCredit, unitsFor } from '#engine/metrics/check-own-metric.ts'
import { ownAggregates, takesField } from '#engine/metrics/own-metric.ts'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import { ConditionField, LabelInput } from '#features/shaping/web/index.tsx'
import { ApiProblem } from '#web/api/problem.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { ListedMetric } from '../contract.ts'
import { datesOf, isOwned, measuredOf, type Draft, type Lack } from './metric-draft.ts'
import { metricWords } from './words.ts'

interface MetricFormProps {
  readonly id: string
  readonly draft: Draft
  readonly objects: readonly ScreenObject[]
  /** What a ratio may divide. */
  readonly metrics: readonly ListedMetric[]
  readonly isNew: boolean
  /** Parts that were left empty when it was to be saved. */
  readonly lacks: readonly Lack[]
  readonly problem: unknown
  readonly onChange: (changes: Partial<Draft>) => void
}

const wordOfLack = {
  label: 'needName',
  of: 'needObject',
  field: 'needField',
  countsIf: 'needCondition',
  over: 'needMetric',
  under: 'needMetric',
} as const

/** What of which records counts, by which date; or which metric is divided by which. */
export function MetricForm({ id, draft, objects, metrics, isNew, lacks, problem, onChange }: MetricFormProps) {
  const t = useWords(metricWords)
  const label = useLabel()
  const isRatio = draft.aggregate === 'ratio'
  const object = isRatio ? undefined : objects.find(({ key }) => key === draft.of)
  const isMeasured = takesField(draft.aggregate)
  const measured = object ? measuredOf(object, draft.aggregate) : []
  const units = unitsFor(draft, object ?? { fields: [] })
  const told = (part: string) => {
    const lack = lacks.find((one) => one === part)
    return lack ? t(wordOfLack[lack]) : faultAt(problem, part)
  }
  return (
    <>
      <LabelInput
        id={`${id}-label`}
        name={t('name')}
        placeholder={t('nameExample')}
        value={draft.label}
        maxLength={60}
        isRequired
        isFirst={isNew}
        fault={told('label')}
        onChange={(name) => onChange({ label: name })}
      />
      <Picked
        id={`${id}-aggregate`}
        name={t('aggregate')}
        value={draft.aggregate}
        options={ownAggregates
          .filter((aggregate) => isNew || (aggregate === 'ratio') === isRatio)
          .map((aggregate) => ({ value: aggregate, label: t(aggregate) }))}
        fault={told('aggregate')}
        onChange={(aggregate) => onChange({ aggregate })}
      />
      {isRatio &&
        (['over', 'under'] as const).map((part) => (
          <Picked
            key={part}
            id={`${id}-${part}`}
            name={t(part)}
            value={draft[part]}
            options={metrics.map((metric) => ({ value: metric.key, label: label(metric.label) }))}
            fault={told(part)}
            onChange={(metric) => onChange({ [part]: metric })}
          />
        ))}
      {!isRatio && (
        <Picked
          id={`${id}-of`}
          name={t('object')}
          help={isNew ? t('noOwned') : t('objectStays')}
          value={draft.of}
          isFixed={!isNew}
          options={objects.filter(isOwned).map((one) => ({ value: one.key, label: label(one.label) }))}
          fault={told('of')}
          onChange={(of) => onChange({ of })}
        />
      )}
      {object && (
        <>
          {isMeasured && (
            <Picked
              id={`${id}-field`}
              name={t('field')}
              help={measured.length === 0 ? t('noNumbers') : undefined}
              value={draft.field ?? ''}
              options={measured.map((field) => ({ value: field.key, label: label(field.label) }))}
              fault={told('field')}
              onChange={(field) => onChange({ field })}
            />
          )}
          <Suspense fallback={null}>
            {draft.aggregate === 'share' && (
              <ConditionField
                id={`${id}-countsIf`}
                name={t('countsIf')}
                object={object}
                value={draft.countsIf}
                isFilledIn
                fault={told('countsIf')}
                onChange={(countsIf) => onChange({ countsIf })}
              />
            )}
            <ConditionField
              id={`${id}-when`}
              name={t('when')}
              object={object}
              value={draft.when}
              isFilledIn
              fault={told('when')}
              onChange={(when) => onChange({ when })}
            />
          </Suspense>
          <Picked
            id={`${id}-at`}
            name={t('at')}
            help={t('atHelp')}
            value={draft.at}
            options={datesOf(object).map((field) => ({ value: field.key, label: label(field.label) }))}
            fault={told('at')}
            onChange={(at) => onChange({ at })}
          />
          {sharesCredit(object) && (
            <Picked
              id={`${id}-credit`}
              name={t('credit')}
              value={draft.credit ?? 'shared'}
              options={(['shared', 'owner'] as const).map((credit) => ({
                value: credit,
                label: t(`credit_${credit}`),
              }))}
              fault={told('credit')}
              onChange={(credit) => onChange({ credit })}
            />
          )}
        </>
      )}
      {(object !== undefined || isRatio) && (
        <>
          {units.length > 1 && (
            <Picked
              id={`${id}-unit`}
              name={t('unit')}
              value={draft.unit}
              options={units.map((unit) => ({ value: unit, label: t(`unit_${unit}`) }))}
              fault={told('unit')}
              onChange={(unit) => onChange({ unit })}
            />
          )}
          <div className="metric-field" role="group" aria-labelledby={`${id}-better`}>
            <span id={`${id}-better`} className="metric-caption">
              {t('better')}
            </span>
            <Radio.Group
              value={draft.better}
              options={(['higher', 'lower'] as const).map((better) => ({ value: better, label: t(better) }))}
              onChange={(event) => onChange({ better: event.target.value === 'lower' ? 'lower' : 'higher' })}
            />
            {told('better') && (
              <span className="metric-fault" role="alert">
                {told('better')}
              </span>
            )}
          </div>
        </>
      )}
    </>
  )
}

/** What the server says about a part, at whatever depth. */
function faultAt(problem: unknown, part: string): string | undefined {
  if (!(problem instanceof ApiProblem)) return undefined
  return problem.faults.find(({ field }) => field === part || field.startsWith(`${part}.`))?.message
}

interface PickedProps<Value extends string> {
  readonly id: string
  readonly name: string
  readonly help?: string | undefined
  readonly value: Value
  readonly isFixed?: boolean
  readonly options: { readonly value: Value; readonly label: string }[]
  readonly fault: string | undefined
  readonly onChange: (value: Value) => void
}

function Picked<Value extends string>(props: PickedProps<Value>) {
  const { id, name, help, value, isFixed = false, options, fault, onChange } = props
  const t = useWords(metricWords)
  return (
    <div className="metric-field">
      <label htmlFor={id}>{name}</label>
      <Select<Value>
        id={id}
        value={options.some((option) => option.value === value) ? value : null}
        disabled={isFixed}
        placeholder={t('choose')}
        showSearch={{ optionFilterProp: 'label' }}
        options={options}
        {...(fault ? { status: 'error', 'aria-describedby': `${id}-fault` } : {})}
        onChange={onChange}
      />
      {fault && (
        <span id={`${id}-fault`} className="metric-fault" role="alert">
          {fault}
        </span>
      )}
      {help && <span className="muted metric-help">{help}</span>}
    </div>
  )
}
