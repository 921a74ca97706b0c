import { all, type Filter } from '#engine/query/filter.ts'
import { ownedWithin, type Grouping, type ScreenField, type ScreenObject } from '#features/objects/web/index.tsx'
import type { TotalsGroup } from './list/grid-item.ts'

interface Parts {
  readonly filter: Filter | undefined
  readonly search: string
  /** The org node in the header. */
  readonly node: string | undefined
}

/** The one filter of a page: that of the view, the words searched in titles, and the org node from the header. */
export function wholeFilter({ filter, search, node }: Parts, object: ScreenObject): Filter | undefined {
  const owner = object.fields.find((field) => field.type === 'owner')
  const words = search.trim()
  const parts = [
    ...(filter ? [filter] : []),
    ...(words ? [{ field: object.title, op: 'contains', value: words } as const] : []),
    ...(node && owner ? [ownedWithin(owner.key, node)] : []),
  ]
  return parts.length > 0 ? all(...parts) : undefined
}

/** Which records a group gathers. */
export function filterOfGroup(field: ScreenField, group: Pick<TotalsGroup, 'value' | 'to'>): Filter {
  const { value, to } = group
  if (value === null) return { field: field.key, op: 'empty' }
  if (to !== undefined) {
    return all({ field: field.key, op: 'ge', value }, { field: field.key, op: 'lt', value: to })
  }
  return { field: field.key, op: 'eq', value: field.type === 'yes_no' ? value === 'true' : value }
}

/** Days are gathered by month unless told. */
export function groupingOf(field: ScreenField): Grouping {
  const isDated = field.type === 'date' || field.type === 'date_time'
  return isDated ? { field: field.key, by: 'month' } : { field: field.key }
}

const ungrouped: ReadonlySet<string> = new Set([
  'credits', 'long_text', 'rich_text', 'multi_choice', 'tags', 'multi_reference', 'file', 'address', 'url',
]) // prettier-ignore

/** Whether records can be gathered by a field: those that are told apart by one value. */
export function isGroupable(field: ScreenField, object: ScreenObject): boolean {
  return !ungrouped.has(field.type) && field.key !== object.title
}
