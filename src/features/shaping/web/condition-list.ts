import type { Condition, Filter } from '#engine/query/filter.ts'

/** Conditions of which all must hold, or any. */
export interface ConditionList {
  readonly join: 'and' | 'or'
  readonly conditions: readonly Condition[]
}

const isCondition = (filter: Filter): filter is Condition => 'field' in filter && !('children' in filter)

/** A filter as a plain list of conditions; undefined: it says more than such a list can. */
export function listOf(filter: Filter | undefined): ConditionList | undefined {
  if (!filter) return { join: 'and', conditions: [] }
  if (isCondition(filter)) return { join: 'and', conditions: [filter] }
  if ('and' in filter) return listed('and', filter.and)
  return 'or' in filter ? listed('or', filter.or) : undefined
}

function listed(join: ConditionList['join'], parts: readonly Filter[]): ConditionList | undefined {
  const conditions = parts.filter(isCondition)
  return conditions.length === parts.length ? { join, conditions } : undefined
}

/** No condition: no filter. */
export function filterOf({ join, conditions }: ConditionList): Filter | undefined {
  const [first] = conditions
  if (!first) return undefined
  if (conditions.length === 1) return first
  return join === 'and' ? { and: conditions } : { or: conditions }
}
