import type { Day } from '#engine/calendar/day.ts'
import { instantIn } from '#engine/calendar/wall-time.ts'
import { exact } from '#engine/money/decimal.ts'
import { fieldOf, isComputed, isList, isNumeric, valueTypeOf } from '#engine/model/column.ts'
import type { Field, ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { home } from '#engine/region/region.ts'
import { conditionsIn, type Condition, type Filter } from './filter.ts'
import { daysOf } from './relative.ts'
import type { Viewpoint } from './viewpoint.ts'

/** Whether a filter asks for stored fields of the record itself only, so that `meets` can answer it. */
export function isAboutOwnFields(filter: Filter, object: ObjectType): boolean {
  if (hasChildren(filter)) return false
  return conditionsIn(filter).every(({ field: path }) => {
    const field = fieldOf(object, path)
    return field !== undefined && !isComputed(field)
  })
}

function hasChildren(filter: Filter): boolean {
  if ('and' in filter) return filter.and.some(hasChildren)
  if ('or' in filter) return filter.or.some(hasChildren)
  return 'not' in filter ? hasChildren(filter.not) : 'children' in filter
}

/**
 * Whether a record meets a checked filter on its own stored fields, exactly as the database would say: what is unknown
 * (null or not there) meets nothing, and so meets every negation. Values as the API writes them, see `Field`.
 */
export function meets(filter: Filter, values: RecordValues, object: ObjectType, viewpoint: Viewpoint): boolean {
  if ('and' in filter) return filter.and.every((part) => meets(part, values, object, viewpoint))
  if ('or' in filter) return filter.or.some((part) => meets(part, values, object, viewpoint))
  if ('not' in filter) return !meets(filter.not, values, object, viewpoint)
  const field = 'children' in filter ? undefined : fieldOf(object, filter.field)
  if (!field || 'children' in filter || isComputed(field)) throw new Error('not a condition on the record itself')
  return decide(filter, { field, value: values[field.key] ?? null, viewpoint })
}

interface Asked {
  readonly field: Field
  readonly value: unknown
  readonly viewpoint: Viewpoint
}

function decide({ op, value: wanted }: Condition, asked: Asked): boolean {
  const { value } = asked
  switch (op) {
    case 'empty':
      return value === null
    case 'notEmpty':
      return value !== null
    case 'hasNone':
      return !hasAny(value, wanted)
    case 'ne':
      return !isEqual(asked, wanted)
    default:
      return value !== null && compare(op, asked, wanted)
  }
}

function compare(
  op: Exclude<Condition['op'], 'empty' | 'notEmpty' | 'hasNone' | 'ne'>,
  asked: Asked,
  wanted: Condition['value'],
): boolean {
  const { value } = asked
  switch (op) {
    case 'eq':
      return isEqual(asked, wanted)
    case 'in':
      return listOf(wanted).some((one) => isEqual(asked, one))
    case 'lt':
      return sideOf(asked, wanted) === 'before'
    case 'le':
      return sideOf(asked, wanted) !== 'after'
    case 'gt':
      return sideOf(asked, wanted) === 'after'
    case 'ge':
      return sideOf(asked, wanted) !== 'before'
    case 'between': {
      const [low, high] = listOf(wanted)
      return sideOf(asked, low) !== 'before' && sideOf(asked, high) !== 'after'
    }
    case 'contains':
      return lowered(String(value)).includes(lowered(String(wanted)))
    case 'startsWith':
      return lowered(String(value)).startsWith(lowered(String(wanted)))
    case 'within':
      return isWithin(asked, wanted)
    case 'hasAny':
      return hasAny(value, wanted)
    case 'hasAll':
      return listOf(wanted).every((entry) => listOf(value).includes(entry))
  }
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : [])

const hasAny = (value: unknown, wanted: unknown): boolean =>
  listOf(wanted).some((entry) => listOf(value).includes(entry))

function isEqual(asked: Asked, wanted: unknown): boolean {
  const { field, value, viewpoint } = asked
  if (value === null || isList(field)) return false
  if (typeof wanted === 'object' && wanted !== null && 'me' in wanted) {
    return viewpoint.personId !== null && value === viewpoint.personId
  }
  if (isNumeric(field) || valueTypeOf(field) === 'date_time') return sideOf(asked, wanted) === 'at'
  return value === wanted
}

/** Where the value lies, seen from the one it is compared with; a day in the place of an instant is the whole day. */
function sideOf({ field, value, viewpoint }: Asked, wanted: unknown): 'before' | 'at' | 'after' {
  if (isNumeric(field)) return sideBy(exact(String(value)).cmp(exact(String(wanted))))
  if (valueTypeOf(field) !== 'date_time') return sideBy(String(value) < String(wanted) ? -1 : value === wanted ? 0 : 1)
  const at = instantOf(value)
  const text = String(wanted)
  if (text.length !== 10) return sideBy(at - Date.parse(text))
  if (at < beginOf(text, viewpoint)) return 'before'
  return at < beginOf(dayAfter(text), viewpoint) ? 'at' : 'after'
}

const sideBy = (difference: number) => (difference < 0 ? 'before' : difference > 0 ? 'after' : 'at')

const instantOf = (value: unknown): number => (value instanceof Date ? value.getTime() : Date.parse(String(value)))

const dayMs = 86_400_000

/** The instant at which a day begins in the company's zone. */
const beginOf = (day: Day | number, { zone }: Viewpoint): number =>
  instantIn(zone, typeof day === 'number' ? day : Date.parse(day)).getTime()

const dayAfter = (day: Day): number => Date.parse(day) + dayMs

function isWithin({ field, value, viewpoint }: Asked, wanted: Condition['value']): boolean {
  if (typeof wanted !== 'object' || wanted === null) return false
  if ('unit' in wanted) return viewpoint.peopleOf(wanted.unit).includes(String(value))
  if ('myUnit' in wanted) return viewpoint.myPeople.includes(String(value))
  if ('region' in wanted) return liesIn(String(value), wanted.region)
  if (!('relative' in wanted)) return false
  const { from, to } = daysOf(wanted.relative, viewpoint)
  if (valueTypeOf(field) !== 'date_time') {
    const day = String(value)
    return (from === undefined || day >= from) && (to === undefined || day < to)
  }
  const at = instantOf(value)
  return (from === undefined || at >= beginOf(from, viewpoint)) && (to === undefined || at < beginOf(to, viewpoint))
}

function liesIn(code: string, region: string): boolean {
  if (region === home) return code === home || /^\d/.test(code)
  return /^\d/.test(region) ? code.startsWith(region) : code === region
}

/** Letter by letter, as the database does it: a letter never becomes two, nor another at the end of a word. */
function lowered(text: string): string {
  return Array.from(text, (letter) => String.fromCodePoint(letter.toLowerCase().codePointAt(0) ?? 0)).join('')
}
