import type { SortKey } from '#engine/model/object-type.ts'

/** The order after a click on a head: ascending, descending, none; with shift the others stay. */
export function nextSort(sort: readonly SortKey[], field: string, isAdded: boolean): readonly SortKey[] {
  const known = sort.find((key) => key.field === field)
  const others = isAdded ? sort.filter((key) => key.field !== field) : []
  if (!known) return [...others, { field, descending: false }]
  return known.descending ? others : [...others, { field, descending: true }]
}
