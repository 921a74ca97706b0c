import type { Catalogue } from '#engine/model/catalogue.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import { checkFilter } from '#engine/query/check.ts'
import {
  everything, type Aggregate, type Children, type Condition, type FigureOperator, type Filter, type FilterValue, type Operator,
} from '#engine/query/filter.ts' // prettier-ignore
import { isEverything, simplified } from '#engine/query/simplify.ts'

/** A condition under way: what is chosen so far. */
export interface DraftCondition {
  readonly kind: 'condition'
  readonly id: string
  readonly field?: string | undefined
  readonly op?: Operator | undefined
  readonly value?: FilterValue | undefined
}

export interface DraftChildren {
  readonly kind: 'children'
  readonly id: string
  readonly children: string
  readonly via: string
  readonly aggregate: Aggregate
  readonly field?: string | undefined
  readonly op: FigureOperator
  readonly value?: Children['value'] | undefined
  readonly where: DraftGroup
}

export interface DraftGroup {
  readonly kind: 'group'
  readonly id: string
  readonly joins: 'and' | 'or'
  readonly isNegated: boolean
  readonly parts: readonly Draft[]
}

export type Draft = DraftCondition | DraftChildren | DraftGroup

let made = 0
/** Rows are told apart while they are edited; the ids go nowhere else. */
const newKey = (): string => `d${(made += 1)}`

export const newCondition = (): DraftCondition => ({ kind: 'condition', id: newKey() })

export const newGroup = (parts: readonly Draft[] = [], joins: DraftGroup['joins'] = 'and'): DraftGroup => ({
  kind: 'group',
  id: newKey(),
  joins,
  isNegated: false,
  parts,
})

export const newChildren = (children: string, via: string): DraftChildren => ({
  kind: 'children',
  id: newKey(),
  children,
  via,
  aggregate: 'count',
  op: 'eq',
  value: '0',
  where: newGroup(),
})

/** A filter as rows and groups to edit; the outermost is always a group. */
export function draftOf(filter: Filter | undefined): DraftGroup {
  if (!filter) return newGroup()
  const draft = toDraft(filter)
  return draft.kind === 'group' && !draft.isNegated ? draft : newGroup([draft])
}

function toDraft(filter: Filter): Draft {
  if ('and' in filter) return newGroup(filter.and.map(toDraft), 'and')
  if ('or' in filter) return newGroup(filter.or.map(toDraft), 'or')
  if ('not' in filter) {
    const inner = toDraft(filter.not)
    return inner.kind === 'group' && !inner.isNegated
      ? { ...inner, isNegated: true }
      : { ...newGroup([inner]), isNegated: true }
  }
  if ('children' in filter) return { ...filter, kind: 'children', id: newKey(), where: draftOf(filter.where) }
  return { ...filter, kind: 'condition', id: newKey() }
}

/** The filter that the finished rows mean; unfinished ones are left out. Undefined: no condition at all. */
export function filterOfDraft(draft: Draft, object: ObjectType, catalogue: Catalogue): Filter | undefined {
  const filter = toFilter(draft, object, catalogue)
  const plainest = filter && simplified(filter, object, catalogue)
  return plainest && !isEverything(plainest) ? plainest : undefined
}

function toFilter(draft: Draft, object: ObjectType, catalogue: Catalogue): Filter | undefined {
  if (draft.kind !== 'group') return isFinished(draft, object, catalogue) ? leafOf(draft, catalogue) : undefined
  const parts = draft.parts.flatMap((part) => toFilter(part, object, catalogue) ?? [])
  if (parts.length === 0) return undefined
  const joined: Filter = draft.joins === 'and' ? { and: parts } : { or: parts }
  return draft.isNegated ? { not: joined } : joined
}

function leafOf(draft: DraftCondition | DraftChildren, catalogue: Catalogue): Filter {
  if (draft.kind === 'condition') {
    const { field = '', op = 'empty', value } = draft
    const isBare = op === 'empty' || op === 'notEmpty'
    return { field, op, ...(isBare || value === undefined ? {} : { value }) } satisfies Condition
  }
  const { children, via, aggregate, field, op, value = null, where } = draft
  const child = catalogue.find(children)
  const condition = child && toFilter(where, child, catalogue)
  return {
    children,
    via,
    aggregate,
    ...(field === undefined || aggregate === 'count' ? {} : { field }),
    op,
    value,
    where: condition ?? everything,
  }
}

/** Whether a row says something that can be asked. */
export function isFinished(draft: DraftCondition | DraftChildren, object: ObjectType, catalogue: Catalogue): boolean {
  if (draft.kind === 'condition' && (draft.field === undefined || draft.op === undefined)) return false
  const { value } = draft
  if (value === '' || (Array.isArray(value) && (value.length === 0 || value.includes('')))) return false
  return checkFilter(leafOf(draft, catalogue), object, catalogue).length === 0
}
