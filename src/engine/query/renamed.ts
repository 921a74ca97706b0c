import type { Children, Condition, Filter, FilterValue } from './filter.ts'

/** The same filter naming other records: by id what each became. What it compares with otherwise stays. */
export function renamed(filter: Filter, became: ReadonlyMap<string, string>): Filter {
  if (became.size === 0) return filter
  if ('and' in filter) return { and: filter.and.map((part) => renamed(part, became)) }
  if ('or' in filter) return { or: filter.or.map((part) => renamed(part, became)) }
  if ('not' in filter) return { not: renamed(filter.not, became) }
  if ('children' in filter) return renamedChildren(filter, became)
  return renamedCondition(filter, became)
}

function renamedChildren(filter: Children, became: ReadonlyMap<string, string>): Children {
  return filter.where ? { ...filter, where: renamed(filter.where, became) } : filter
}

function renamedCondition(condition: Condition, became: ReadonlyMap<string, string>): Condition {
  const { value } = condition
  if (Array.isArray(value)) return { ...condition, value: [...new Set(value.map((one) => nowOf(one, became)))] }
  return typeof value === 'string' ? { ...condition, value: nowOf(value, became) } : condition
}

function nowOf<One extends FilterValue>(value: One, became: ReadonlyMap<string, string>): One | string {
  return (typeof value === 'string' ? became.get(value) : undefined) ?? value
}
