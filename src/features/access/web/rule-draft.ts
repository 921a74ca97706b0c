import type { Filter } from '#engine/query/filter.ts'

/** Whether a filter names no condition. */
export function isEverything(filter: Filter): boolean {
  return 'and' in filter && filter.and.length === 0
}
