import { aggregates, all, filterSchema, type Filter } from '#engine/query/filter.ts'
import { buckets } from '#engine/query/bucket.ts'
import type { AddressValues } from '#web/shell/address.ts'
import { fieldOf, isSortable, type ScreenObject } from '#features/objects/web/index.tsx'
import { viewKinds, type ViewDefinition, type ViewKind } from '../contract.ts'

/** What a list page shows: a view, changed by what stands in the address. */
export interface ViewState {
  readonly kind: ViewKind
  readonly definition: ViewDefinition
}

type Definition = Required<ViewDefinition>

/** How one part of a definition is written into the address, and read where it fits the object. */
interface Part<Value> {
  readonly param: string
  write(value: NonNullable<Value>): string
  read(text: string, object: ScreenObject): Value | undefined
}

/** Stands for "nothing of it", where the view itself has something. */
const none = '-'

type Parts = { readonly [Key in keyof Definition]: Part<Definition[Key]> }

const has = (object: ScreenObject, key: string | undefined): key is string =>
  key !== undefined && fieldOf(object, key) !== undefined

const oneOf = <const Words extends readonly string[]>(
  words: Words,
  text: string | undefined,
): Words[number] | undefined => words.find((word) => word === text)

const parts: Parts = {
  filter: { param: 'filter', write: (filter) => JSON.stringify(filter), read: readFilter },
  sort: {
    param: 'sort',
    write: (sort) => sort.map((key) => `${key.descending ? '-' : ''}${key.field}`).join(','),
    read: (text, object) =>
      text.split(',').flatMap((part) => {
        const field = fieldOf(object, part.replace(/^-/, ''))
        return field && isSortable(field) ? [{ field: field.key, descending: part.startsWith('-') }] : []
      }),
  },
  columns: {
    param: 'cols',
    write: (columns) =>
      columns
        .map(({ field, width, pinned }) => [field, width ?? '', pinned ? 'p' : ''].join(':').replace(/:+$/, ''))
        .join(','),
    read: (text, object) => {
      const columns = text.split(',').flatMap((part) => {
        const [field, width, pinned] = part.split(':')
        const pixels = Math.round(Number(width))
        if (!has(object, field)) return []
        return [
          { field, ...(pixels >= 60 && pixels <= 800 ? { width: pixels } : {}), ...(pinned ? { pinned: true } : {}) },
        ]
      })
      return columns.length > 0 ? columns : undefined
    },
  },
  group: {
    param: 'group',
    write: (group) => group.map(({ field, by }) => (by ? `${field}:${by}` : field)).join(','),
    read: (text, object) =>
      text
        .split(',')
        .slice(0, 2)
        .flatMap((part) => {
          const [field, by] = part.split(':')
          const bucket = oneOf(buckets, by)
          return has(object, field) ? [{ field, ...(bucket ? { by: bucket } : {}) }] : []
        }),
  },
  density: {
    param: 'rows',
    write: (density) => density,
    read: (text) => oneOf(['comfortable', 'compact'] as const, text),
  },
  summary: {
    param: 'sums',
    write: (summary) => summary.map(({ field, aggregate }) => `${field}:${aggregate}`).join(','),
    read: (text, object) =>
      text.split(',').flatMap((part) => {
        const [field, word] = part.split(':')
        const aggregate = oneOf(aggregates, word)
        return has(object, field) && aggregate ? [{ field, aggregate }] : []
      }),
  },
  kanban: { param: 'board', write: writeSummed, read: readSummed },
  map: { param: 'map', write: writeSummed, read: readSummed },
  calendar: {
    param: 'cal',
    write: ({ by, span }) => [by, span].filter(Boolean).join(','),
    read: (text, object) => {
      const [by, word] = text.split(',')
      const span = oneOf(['month', 'week'] as const, word)
      return has(object, by) ? { by, ...(span ? { span } : {}) } : undefined
    },
  },
  timeline: {
    param: 'time',
    write: ({ from, to, scale }) => [from, to ?? '', scale].filter((part) => part !== undefined).join(','),
    read: (text, object) => {
      const [from, to, word] = text.split(',')
      const scale = oneOf(['week', 'month', 'quarter'] as const, word)
      if (!has(object, from)) return undefined
      return { from, ...(has(object, to) ? { to } : {}), ...(scale ? { scale } : {}) }
    },
  },
}

function writeSummed({ by, sum }: { readonly by: string; readonly sum?: string | undefined }): string {
  return sum ? `${by},${sum}` : by
}

function readSummed(text: string, object: ScreenObject) {
  const [by, sum] = text.split(',')
  return has(object, by) ? { by, ...(has(object, sum) ? { sum } : {}) } : undefined
}

/** A filter, or a list of conditions that all hold; conditions on fields that the object does not have are left out. */
function readFilter(text: string, object: ScreenObject): Filter | undefined {
  try {
    const given: unknown = JSON.parse(text)
    const read = filterSchema
      .array()
      .max(50)
      .safeParse(Array.isArray(given) ? given : [given])
    const kept = (read.data ?? []).filter(
      (filter) => !('field' in filter) || 'children' in filter || isKnown(filter.field, object),
    )
    return kept.length > 0 ? all(...kept) : undefined
  } catch {
    return undefined
  }
}

const isKnown = (path: string, object: ScreenObject): boolean => {
  const head = path.split('.')[0] ?? ''
  return has(object, head) || ['id', 'createdAt', 'updatedAt'].includes(head)
}

const keys = Object.keys(parts) as (keyof Definition)[]

/** The names in the address that change a view. */
export const stateParams: readonly string[] = ['as', ...keys.map((key) => parts[key].param)]

/** The view as the address changes it; what does not fit the object is left out, so that old addresses keep working. */
export function readState(address: AddressValues, base: ViewState, object: ScreenObject): ViewState {
  const changes = keys.flatMap((key) => {
    const text = address[parts[key].param]
    if (text === undefined) return []
    return [[key, text === none ? undefined : parts[key].read(text, object)] as const]
  })
  return {
    kind: viewKinds.find((kind) => kind === address['as']) ?? base.kind,
    definition: { ...base.definition, ...Object.fromEntries(changes) },
  }
}

/** The address values that make the state differ from its view in these parts, and no longer where it does not. */
export function writeChange(
  change: Partial<{ readonly [Key in keyof Definition]: Definition[Key] | undefined }>,
  base: ViewDefinition,
): AddressValues {
  return Object.fromEntries(
    keys.filter((key) => key in change).map((key) => [parts[key].param, textOf(key, change[key], base[key])]),
  )
}

function textOf<Key extends keyof Definition>(
  key: Key,
  value: Definition[Key] | undefined,
  before: ViewDefinition[Key],
): string | undefined {
  const write = (given: Definition[Key]) =>
    (parts[key] as unknown as Part<Definition[Key]>).write(given as NonNullable<Definition[Key]>)
  const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0)
  const wasEmpty = before === undefined || (Array.isArray(before) && before.length === 0)
  if (isEmpty) return wasEmpty ? undefined : none
  const text = write(value)
  return before !== undefined && write(before as Definition[Key]) === text ? undefined : text
}

/** Whether the address changes the view. */
export function isChanged(address: AddressValues): boolean {
  return stateParams.some((param) => address[param] !== undefined)
}

/** Takes back what the address changes. */
export const withoutChanges: AddressValues = Object.fromEntries(stateParams.map((param) => [param, undefined]))
