import type { Label } from '#base/label.ts'
import { isDatingField, isSingle, sharesCredit, unitsFor } from '#engine/metrics/check-own-metric.ts'
import { takesField } from '#engine/metrics/own-metric.ts'
import { systemFields } from '#engine/model/column.ts'
import type { ScreenField, ScreenObject } from '#features/objects/web/index.tsx'
import type { OwnMetricDraft } from '../contract.ts'

type RecordDraft = Exclude<OwnMetricDraft, { readonly aggregate: 'ratio' }>

/** What the form holds: the parts of both ways of defining, of which those of the chosen one are sent. */
export type Draft = Omit<RecordDraft, 'aggregate'> & {
  readonly aggregate: OwnMetricDraft['aggregate']
  readonly over: string
  readonly under: string
}

/** A definition as the form holds it. */
export function draftOf(definition: OwnMetricDraft): Draft {
  return { ...emptyDraft, ...definition }
}

/** The draft as it is sent. */
export function definitionOf({ over, under, aggregate, ...draft }: Draft): OwnMetricDraft {
  const { label, unit, better } = draft
  return aggregate === 'ratio' ? { aggregate, label, unit, better, over, under } : { ...draft, aggregate }
}

export const emptyDraft: Draft = {
  label: { zh: '', en: '' },
  of: '',
  aggregate: 'count',
  at: '',
  unit: 'count',
  better: 'higher',
  over: '',
  under: '',
}

/** Records of such an object are somebody's. */
export function isOwned({ fields }: ScreenObject): boolean {
  return fields.some(({ key, type }) => key === 'ownerId' && type === 'owner')
}

/** Fields by which its records can be dated, the usual first. */
export function datesOf({ fields }: ScreenObject): readonly { readonly key: string; readonly label: Label }[] {
  return [...fields, ...systemFields].filter(isDatingField)
}

const numbers: readonly string[] = ['money', 'number', 'rating', 'percent']

/** Fields that such an aggregate takes: percentages do not add up, and anything that is one thing can be counted once. */
export function measuredOf({ fields }: ScreenObject, aggregate: Draft['aggregate']): readonly ScreenField[] {
  if (aggregate === 'distinct') return fields.filter(isSingle)
  return fields.filter(({ type }) => numbers.includes(type) && !(aggregate === 'sum' && type === 'percent'))
}

/** The draft with a change, and with what follows from it: fields of the new object, a field and a unit that fit. */
export function changed(draft: Draft, change: Partial<Draft>, objects: readonly ScreenObject[]): Draft {
  const next = { ...draft, ...change }
  if (next.aggregate === 'ratio') return { ...next, unit: draft.aggregate === 'ratio' ? next.unit : 'percent' }
  const object = objects.find(({ key }) => key === next.of)
  if (!object) return next
  const isOther = next.of !== draft.of
  const dates = datesOf(object)
  const { field, when, countsIf, credit, ...rest } = next
  const measured = measuredOf(object, next.aggregate)
  const kept = measured.find(({ key }) => key === field) ?? measured[0]
  const isMeasured = takesField(next.aggregate)
  const fitting = {
    ...rest,
    at: dates.some(({ key }) => key === next.at) ? next.at : (dates[0]?.key ?? ''),
    ...(isMeasured && kept ? { field: kept.key } : {}),
    ...(when && !isOther ? { when } : {}),
    ...(countsIf && !isOther ? { countsIf } : {}),
    ...(credit && sharesCredit(object) ? { credit } : {}),
  }
  const units = unitsFor(fitting, object)
  return { ...fitting, unit: units.includes(fitting.unit) ? fitting.unit : (units[0] ?? 'count') }
}

export type Lack = 'label' | 'of' | 'field' | 'countsIf' | 'over' | 'under'

/** The parts that are still to be filled in. */
export function lacksOf({ label, of, aggregate, field, countsIf, over, under }: Draft): readonly Lack[] {
  const isMeasured = takesField(aggregate)
  const named = label.zh.trim() === '' && label.en.trim() === '' ? (['label'] as const) : []
  if (aggregate === 'ratio') {
    return [...named, ...(over === '' ? (['over'] as const) : []), ...(under === '' ? (['under'] as const) : [])]
  }
  return [
    ...named,
    ...(of === '' ? (['of'] as const) : []),
    ...(isMeasured && field === undefined ? (['field'] as const) : []),
    ...(aggregate === 'share' && !countsIf ? (['countsIf'] as const) : []),
  ]
}
