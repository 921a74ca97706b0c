import { z } from 'zod'
import type { SortKey } from '#engine/model/object-type.ts'
import { all, filterSchema, type Condition, type Filter } from '#engine/query/filter.ts'
import type { AddressValues } from '#web/shell/address.ts'
import { fieldOf, type ScreenField, type ScreenObject } from './use-objects.ts'

/** What a list shows, all of it in the address: conditions, order, columns and the words searched. */
export interface ListState {
  readonly conditions: readonly Condition[]
  readonly sort: readonly SortKey[]
  readonly columns: readonly ScreenField[]
  readonly search: string
}

const conditionsShape = z.array(filterSchema).max(50)

function readConditions(text: string | undefined, object: ScreenObject): readonly Condition[] {
  if (!text) return []
  try {
    const read = conditionsShape.safeParse(JSON.parse(text))
    const filters = read.success ? read.data : []
    return filters.flatMap((filter) =>
      'field' in filter && !('children' in filter) && fieldOf(object, filter.field.split('.')[0] ?? '') ? [filter] : [],
    )
  } catch {
    return []
  }
}

function readSort(text: string | undefined, object: ScreenObject): readonly SortKey[] {
  if (!text) return []
  return text.split(',').flatMap((part) => {
    const field = part.replace(/^-/, '')
    return fieldOf(object, field) ? [{ field, descending: part.startsWith('-') }] : []
  })
}

function readColumns(text: string | undefined, object: ScreenObject): readonly ScreenField[] {
  const chosen = text?.split(',').flatMap((key) => fieldOf(object, key) ?? []) ?? []
  return chosen.length > 0 ? chosen : object.fields.filter((field) => field.inList)
}

/** Reads a list's state; what does not fit the object is left out, so that old addresses keep working. */
export function readListState(address: AddressValues, object: ScreenObject): ListState {
  return {
    conditions: readConditions(address['filter'], object),
    sort: readSort(address['sort'], object),
    columns: readColumns(address['cols'], object),
    search: address['q'] ?? '',
  }
}

export const writeConditions = (conditions: readonly Condition[]): string | undefined =>
  conditions.length > 0 ? JSON.stringify(conditions) : undefined

export const writeSort = (sort: readonly SortKey[]): string | undefined =>
  sort.length > 0 ? sort.map((key) => `${key.descending ? '-' : ''}${key.field}`).join(',') : undefined

/** The order after a click on a header: ascending, descending, none; with shift the others stay. */
export function nextSort(sort: readonly SortKey[], field: string, isAdded: boolean): readonly SortKey[] {
  const known = sort.find((key) => key.field === field)
  const others = isAdded ? sort.filter((key) => key.field !== field) : []
  if (!known) return [...others, { field, descending: false }]
  return known.descending ? others : [...others, { field, descending: true }]
}

/** The one filter of a list: conditions, the words searched in titles, and the org node from the header. */
export function filterOf(state: ListState, object: ScreenObject, node: string | undefined): Filter | undefined {
  const owner = object.fields.find((field) => field.type === 'owner')
  const parts: Filter[] = [...state.conditions]
  if (state.search.trim()) parts.push({ field: object.title, op: 'contains', value: state.search.trim() })
  if (node && owner) parts.push(ownedWithin(owner.key, node))
  return parts.length > 0 ? all(...parts) : undefined
}

/** A node of the tiers is a unit, or a person in a unit as `unit.person`. */
export function ownedWithin(owner: string, node: string): Filter {
  const [unit = '', person] = node.split('.')
  return person ? { field: owner, op: 'eq', value: person } : { field: owner, op: 'within', value: { unit } }
}
