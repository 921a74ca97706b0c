import type { FieldFault } from '#base/errors.ts'
import type { Choice } from '#engine/model/object-type.ts'
import type { StageKind } from './settle.ts'

/** How sure an open deal counts in the forecast of its period; `closed` is for won deals alone. */
export const openCategories: readonly Choice[] = [
  { key: 'pipeline', label: { zh: '储备', en: 'Pipeline' }, color: 'default', aliases: ['pipeline', '商机储备'] },
  { key: 'best_case', label: { zh: '最好情况', en: 'Best case' }, color: 'cyan', aliases: ['best case', 'upside'] },
  { key: 'committed', label: { zh: '承诺', en: 'Committed' }, color: 'blue', aliases: ['commit'] },
  { key: 'omitted', label: { zh: '不计入', en: 'Omitted' }, color: 'default', aliases: ['omitted', '忽略'] },
]

export const categories: readonly Choice[] = [
  ...openCategories.slice(0, 3),
  { key: 'closed', label: { zh: '已成交', en: 'Closed' }, color: 'green', aliases: ['closed', 'won'] },
  ...openCategories.slice(3),
]

/** The stage as far as the forecast asks. */
export interface StageOfDeal {
  readonly kind: StageKind
  /** What the company set; null: by the probability. */
  readonly category: string | null
  /** Percent. */
  readonly probability: number
}

/** What deals of a stage count as unless somebody says otherwise: committed from 70 %, best case from 50 %. */
export function categoryOfStage({ kind, category, probability }: StageOfDeal): string {
  if (kind !== 'open') return kind === 'won' ? 'closed' : 'omitted'
  if (category !== null) return category
  if (probability >= 70) return 'committed'
  return probability >= 50 ? 'best_case' : 'pipeline'
}

interface Deal {
  readonly forecastCategory?: unknown
  readonly forecastByHand?: unknown
}

export interface Categorised {
  readonly forecastCategory: string
  readonly forecastByHand: boolean
  readonly fault?: FieldFault
}

/**
 * The category of a deal where it stands. Won deals are closed and lost ones omitted, whatever stood there. An open deal
 * follows its stage until a person chooses another category: that one stays through every move, until the person empties
 * the field or chooses what the stage says anyway, or the deal closes. `given` is what the caller set, absent where they
 * did not touch it; a value that stands there already is not a choice.
 */
export function categorise(
  stage: StageOfDeal,
  before: Deal | null,
  given: { readonly category?: unknown; readonly byHand?: unknown },
): Categorised {
  const own = categoryOfStage(stage)
  if (stage.kind !== 'open') return { forecastCategory: own, forecastByHand: false }
  const kept = before?.forecastByHand === true ? String(before.forecastCategory) : own
  const stands = { forecastCategory: kept, forecastByHand: before?.forecastByHand === true }
  if (given.category === undefined) return stands
  if (given.category === null || given.category === own) return { forecastCategory: own, forecastByHand: false }
  // A form that sends every field back has chosen nothing, also where the stage has just moved.
  if (before && given.category === before.forecastCategory && given.byHand === undefined) return stands
  if (given.category === 'closed') return { ...stands, fault: closedWhileOpen }
  return { forecastCategory: String(given.category), forecastByHand: given.byHand !== false }
}

const closedWhileOpen: FieldFault = {
  field: 'forecastCategory',
  code: 'closedWhileOpen',
  label: {
    zh: '“已成交”由赢单决定；进行中的商机请选储备、最好情况、承诺或不计入',
    en: 'A deal is closed by winning it; choose pipeline, best case, committed or omitted while it is open',
  },
}
