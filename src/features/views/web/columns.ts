import { fieldOf, isNumber, type Measure, type ScreenField, type ScreenObject } from '#features/objects/web/index.tsx'
import type { ViewDefinition } from '../contract.ts'

/** A column as it is drawn. */
export interface Column {
  readonly field: ScreenField
  /** Pixels. */
  readonly width: number
  readonly isPinned: boolean
  /** As wide as there is room: nobody chose a width, and longer texts have use for it. */
  readonly isStretchy: boolean
}

export type ColumnChoice = NonNullable<ViewDefinition['columns']>[number]

export const leastWidth = 60
export const greatestWidth = 800

export function usualWidth(field: ScreenField, isTitle: boolean): number {
  if (isTitle) return 260
  if (isNumber(field)) return 130
  if (field.type === 'date') return 118
  if (field.type === 'date_time') return 160
  if (field.type === 'choice' || field.type === 'yes_no') return 110
  if (field.type === 'owner') return 110
  return field.type === 'reference' ? 170 : 140
}

const stretchy: ReadonlySet<string> = new Set([
  'text',
  'long_text',
  'reference',
  'owner',
  'url',
  'email',
  'address',
  'tags',
])

/** The chosen columns, or those usual for the object. */
export function chosenColumns({ columns }: ViewDefinition, object: ScreenObject): readonly ColumnChoice[] {
  if (columns && columns.length > 0) return columns
  return object.fields.filter((field) => field.inList).map(({ key }) => ({ field: key }))
}

/** Columns in the order in which they are drawn: pinned ones first. */
export function columnsOf(choices: readonly ColumnChoice[], object: ScreenObject): readonly Column[] {
  const columns = choices.flatMap(({ field: key, width, pinned = false }): Column[] => {
    const field = fieldOf(object, key)
    if (!field) return []
    const isStretchy = width === undefined && !pinned && stretchy.has(field.type)
    return [{ field, width: width ?? usualWidth(field, key === object.title), isPinned: pinned, isStretchy }]
  })
  return [...columns.filter(({ isPinned }) => isPinned), ...columns.filter(({ isPinned }) => !isPinned)]
}

/** Moves a column by places, within the pinned or the others: pinned ones stand before those that are not. */
export function moveColumn(choices: readonly ColumnChoice[], key: string, to: number): readonly ColumnChoice[] {
  const moved = choices.find(({ field }) => field === key)
  if (!moved) return choices
  const ordered = [...choices.filter(({ pinned }) => pinned), ...choices.filter(({ pinned }) => !pinned)]
  const rest = ordered.filter(({ field }) => field !== key)
  const pinned = rest.filter((one) => one.pinned).length
  const [low, high] = moved.pinned ? [0, pinned] : [pinned, rest.length]
  const at = Math.max(low, Math.min(to, high))
  return [...rest.slice(0, at), moved, ...rest.slice(at)]
}

export function changeColumn(
  choices: readonly ColumnChoice[],
  key: string,
  change: { readonly width?: number | undefined; readonly pinned?: boolean | undefined },
): readonly ColumnChoice[] {
  return choices.map((one) => {
    if (one.field !== key) return one
    const { width, pinned, field } = { ...one, ...change }
    const pixels = width === undefined ? undefined : Math.max(leastWidth, Math.min(greatestWidth, Math.round(width)))
    return { field, ...(pixels === undefined ? {} : { width: pixels }), ...(pinned ? { pinned } : {}) }
  })
}

/** Years are numbers that nobody adds up. */
export const isSummed = (field: ScreenField): boolean =>
  (field.type === 'money' || field.type === 'number') && !/year/i.test(field.key)

/** The figures under the columns: as chosen, or the sums of what is usually summed. */
export function measuresOf({ summary }: ViewDefinition, object: ScreenObject): readonly Measure[] {
  return (
    summary ??
    object.fields
      .filter(isSummed)
      .slice(0, 20)
      .map(({ key }) => ({ field: key, aggregate: 'sum' }))
  )
}
