import { plain } from '#engine/money/decimal.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { isNumeric } from '#engine/model/column.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import { fieldAt } from './check.ts'
import { countOf, everything, type Children, type Condition, type Filter, type FilterValue } from './filter.ts'

/**
 * The same filter in its plainest form, so that equal filters look equal: groups within like groups opened, groups of
 * one unwrapped, what is always true left out, numbers as decimal strings. Of a filter that `checkFilter` accepts.
 */
export function simplified(filter: Filter, object: ObjectType, catalogue: Catalogue): Filter {
  if ('and' in filter) {
    const parts = filter.and.map((part) => simplified(part, object, catalogue)).filter((part) => !isEverything(part))
    return grouped('and', parts)
  }
  if ('or' in filter) {
    const parts = filter.or.map((part) => simplified(part, object, catalogue))
    return parts.some(isEverything) ? everything : grouped('or', parts)
  }
  if ('not' in filter) return { not: simplified(filter.not, object, catalogue) }
  if ('children' in filter) return simplifiedChildren(filter, catalogue)
  return simplifiedCondition(filter, fieldAt(filter.field, object, catalogue))
}

export function isEverything(filter: Filter): boolean {
  return 'and' in filter && filter.and.length === 0
}

function grouped(kind: 'and' | 'or', parts: readonly Filter[]): Filter {
  const opened = parts.flatMap((part) =>
    kind === 'and' && 'and' in part ? part.and : kind === 'or' && 'or' in part ? part.or : [part],
  )
  const [only] = opened
  if (only && opened.length === 1) return only
  if (kind === 'and') return { and: opened }
  return opened.length === 0 ? { not: everything } : { or: opened }
}

function simplifiedCondition({ field: path, op, value }: Condition, field: Field | undefined): Filter {
  if (value === undefined || op === 'empty' || op === 'notEmpty') return { field: path, op }
  return { field: path, op, value: field && isNumeric(field) ? inDecimals(value) : inDays(value) }
}

/** Other values, such as spans of days, are left as they are. */
function inDecimals<V>(value: V): V | string | string[] {
  if (Array.isArray(value)) return (value as readonly (string | number)[]).map(plain)
  return typeof value === 'string' || typeof value === 'number' ? plain(value) : value
}

/** None of any unit before today is before today. */
function inDays(value: FilterValue): FilterValue {
  if (typeof value !== 'object' || value === null || !('relative' in value)) return value
  const { relative } = value
  return typeof relative === 'object' && countOf(relative) === 0 ? { relative: { ...relative, unit: 'day' } } : value
}

function simplifiedChildren({ where, field, value, ...rest }: Children, catalogue: Catalogue): Filter {
  const child = catalogue.find(rest.children)
  const condition = child && where ? simplified(where, child, catalogue) : undefined
  const measured = child && field !== undefined ? fieldAt(field, child, catalogue) : undefined
  return {
    ...rest,
    ...(field === undefined ? {} : { field }),
    ...(condition && !isEverything(condition) ? { where: condition } : {}),
    value: !measured || isNumeric(measured) ? inDecimals(value) : value,
  }
}
