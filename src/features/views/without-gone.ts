import type { Catalogue } from '#engine/model/catalogue.ts'
import { fieldOf, isNumeric } from '#engine/model/column.ts'
import type { Field, ObjectType, SortKey } from '#engine/model/object-type.ts'
import { checkFilter, checkSort, isFigure, isGathered } from '#engine/query/check.ts'
import type { Filter } from '#engine/query/filter.ts'
import type { ViewDefinition } from './contract.ts'

/** A definition as the object can show it today, and the fields that it names and that are gone. */
export interface Shown {
  readonly definition: ViewDefinition
  readonly gone: readonly string[]
}

/**
 * Leaves out of a view what names fields that the object has no more, or that cannot be gathered or summed up like that,
 * so that the rest of it still opens.
 */
export function withoutGone(definition: ViewDefinition, object: ObjectType, catalogue: Catalogue): Shown {
  const gone = new Set<string>()
  const isThere = (key: string | undefined) => {
    if (key === undefined || fieldOf(object, key)) return true
    gone.add(key)
    return false
  }
  const fits = (key: string, test: (field: Field) => boolean) => {
    const field = fieldOf(object, key)
    if (field && test(field)) return true
    gone.add(key)
    return false
  }
  const isSummed = (key: string | undefined) => key === undefined || fits(key, (field) => isNumeric(field))
  const isOrder = (key: SortKey) => {
    if (checkSort([key], object).length === 0) return true
    gone.add(key.field)
    return false
  }
  const { filter, sort, columns, group, summary, kanban, calendar, timeline, map, ...rest } = definition
  const kept = filter && prune(filter, object, catalogue, gone)
  return {
    definition: {
      ...rest,
      ...(kept ? { filter: kept } : {}),
      ...(sort ? { sort: sort.filter((key) => isOrder(key)) } : {}),
      ...(columns ? { columns: columns.filter((column) => isThere(column.field)) } : {}),
      ...(group ? { group: group.filter((one) => fits(one.field, isGathered)) } : {}),
      ...(summary
        ? { summary: summary.filter((one) => fits(one.field, (field) => isFigure(field, one.aggregate))) }
        : {}),
      ...(kanban && isThere(kanban.by) ? { kanban: summedBy(kanban, isSummed) } : {}),
      ...(calendar && isThere(calendar.by) ? { calendar } : {}),
      ...(timeline && isThere(timeline.from) ? { timeline: spanned(timeline, isThere) } : {}),
      ...(map && isThere(map.by) ? { map: summedBy(map, isSummed) } : {}),
    },
    gone: [...gone],
  }
}

type Test = (key: string | undefined) => boolean

function summedBy<One extends { readonly by: string; readonly sum?: string | undefined }>(one: One, isSummed: Test) {
  return isSummed(one.sum) ? one : { by: one.by }
}

function spanned({ to, ...timeline }: NonNullable<ViewDefinition['timeline']>, isThere: Test) {
  return to !== undefined && isThere(to) ? { ...timeline, to } : timeline
}

/** Undefined where nothing of the filter is left. */
function prune(filter: Filter, object: ObjectType, catalogue: Catalogue, gone: Set<string>): Filter | undefined {
  const parts = (filters: readonly Filter[]) => filters.flatMap((one) => prune(one, object, catalogue, gone) ?? [])
  if ('and' in filter) return { and: parts(filter.and) }
  if ('or' in filter) {
    const left = parts(filter.or)
    // Nothing meets an empty "or": with all its conditions gone it would hide every record.
    return left.length === 0 && filter.or.length > 0 ? undefined : { or: left }
  }
  if ('not' in filter) {
    const inner = prune(filter.not, object, catalogue, gone)
    return inner && { not: inner }
  }
  if (checkFilter(filter, object, catalogue).length === 0) return filter
  gone.add('children' in filter ? `${filter.children}.${filter.via}` : filter.field)
  return undefined
}
