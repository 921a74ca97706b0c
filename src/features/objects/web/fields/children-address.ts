import type { Filter } from '#engine/query/filter.ts'
import type { ScreenField, ScreenObject } from '../use-objects.ts'

/** The list of the records that a roll-up counts or sums, as an address shows it. */
export function addressOfChildren(rollup: NonNullable<ScreenField['rollup']>, of: ScreenObject, parent: string) {
  const via = of.fields.find((field) => field.key === rollup.via)
  const parts = [pointsAt(rollup.via, via?.type, parent), ...(rollup.where ? partsOf(rollup.where) : [])]
  return { filter: JSON.stringify(parts), record: undefined }
}

/** Records that refer to one by a field of theirs. */
export function pointsAt(via: string, type: string | undefined, parent: string): Filter {
  return type === 'multi_reference'
    ? { field: via, op: 'hasAny', value: [parent] }
    : { field: via, op: 'eq', value: parent }
}

/** The conditions that must all be met, one by one. */
function partsOf(filter: Filter): readonly Filter[] {
  return 'and' in filter ? filter.and.flatMap(partsOf) : [filter]
}
