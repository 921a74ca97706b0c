import type { Condition, Filter, FilterValue } from './filter.ts'

/** The same filter naming other records: by id what each became. What it compares with otherwise stays. */
export function renamed(filter: Filter, became: ReadonlyMap<string, string>): Filter {
  return became.size === 0 ? filter : withConditions(filter, (condition) => renamedCondition(condition, became))
}

/** A renamed filter that somebody changed: each condition that is still as it was shown is again as it was kept. */
export function namedAsKept(changed: Filter, kept: Filter, became: ReadonlyMap<string, string>): Filter {
  if (became.size === 0) return changed
  const byShown = new Map<string, Condition>()
  withConditions(kept, (condition) => {
    byShown.set(textOf(renamedCondition(condition, became)), condition)
    return condition
  })
  return withConditions(changed, (condition) => byShown.get(textOf(condition)) ?? condition)
}

/** In one order, whatever way the condition came. */
const textOf = ({ field, op, value }: Condition): string => JSON.stringify([field, op, value])

function withConditions(filter: Filter, change: (condition: Condition) => Condition): Filter {
  if ('and' in filter) return { and: filter.and.map((part) => withConditions(part, change)) }
  if ('or' in filter) return { or: filter.or.map((part) => withConditions(part, change)) }
  if ('not' in filter) return { not: withConditions(filter.not, change) }
  if (!('children' in filter)) return change(filter)
  return filter.where ? { ...filter, where: withConditions(filter.where, change) } : filter
}

function renamedCondition(condition: Condition, became: ReadonlyMap<string, string>): Condition {
  const { value } = condition
  if (Array.isArray(value)) return { ...condition, value: [...new Set(value.map((one) => nowOf(one, became)))] }
  return typeof value === 'string' ? { ...condition, value: nowOf(value, became) } : condition
}

function nowOf<One extends FilterValue>(value: One, became: ReadonlyMap<string, string>): One | string {
  return (typeof value === 'string' ? became.get(value) : undefined) ?? value
}
