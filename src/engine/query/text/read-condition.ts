import { isList, isNumeric, valueTypeOf } from '#engine/model/column.ts'
import type { Field } from '#engine/model/object-type.ts'
import { operatorsFor } from '../check.ts'
import { eq, type Condition, type Filter, type FilterValue, type Operator } from '../filter.ts'
import {
  dayOf, daysRead, emptinessOf, noRecord, numberOf, ownerOf, plainValueOf, recordsOf, regionOf, Unreadable, unreadable,
  type DaysRead,
} from './read-values.ts' // prettier-ignore
import type { TextContext } from './resolver.ts'
import type { SpelledPath } from './spellings.ts'
import type { Piece, WrittenCondition, WrittenOp, WrittenValue } from './written.ts'

const comparing: Readonly<Partial<Record<WrittenOp, Operator>>> = {
  '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge', '!=': 'ne', '=': 'eq', ':': 'eq', '*=': 'contains', '^=': 'startsWith',
} // prettier-ignore

type Compared = Pick<WrittenCondition, 'op' | 'values' | 'isList' | 'path'>

/** One condition as it was written → a filter. Throws `Unreadable` at what does not fit the field. */
export async function readCondition(written: Compared, spelled: SpelledPath, context: TextContext): Promise<Filter> {
  const { op, values } = written
  const only = values.length === 1 && !written.isList ? values[0] : undefined
  const emptiness = only?.isRange === false ? emptinessOf(only.low) : undefined
  if (emptiness && (op === ':' || op === '=' || op === '!=')) {
    const isEmpty = (emptiness === 'empty') !== (op === '!=')
    return { field: spelled.path, op: isEmpty ? 'empty' : 'notEmpty' }
  }
  return readByType(written, spelled, context)
}

function readByType(written: Compared, spelled: SpelledPath, context: TextContext): Promise<Filter> | Filter {
  const { field } = spelled
  if (isList(field)) return readList(written, spelled, context)
  if (isNumeric(field)) return readOrdered(written, spelled, (piece) => numberOf(piece))
  switch (valueTypeOf(field)) {
    case 'date':
    case 'date_time':
      return readDates(written, spelled, context)
    case 'owner':
      return readOwner(written, spelled, context)
    case 'reference':
      return readReference(written, spelled, context)
    case 'region':
      return readRegion(written, spelled, context)
    case 'choice':
    case 'yes_no':
      return readKeyed(written, spelled, (piece) => plainValueOf(piece, field, context))
    default:
      return readTextual(written, spelled)
  }
}

/** The operator, if the field's type has it. */
function opFor({ op, path }: Compared, field: Field, context?: TextContext): Operator {
  const known = comparing[op]
  if (known && operatorsFor(field).includes(known)) return known
  throw unreadable('operator', path, { field: field.label[context?.language ?? 'zh'], op })
}

const single = ({ low, isRange, ...stretch }: WrittenValue): Piece => {
  if (isRange) throw new Unreadable('range', stretch)
  if (!low) throw new Unreadable('none', stretch)
  return low
}

const negated = (op: WrittenOp, filter: Filter): Filter => (op === '!=' ? { not: filter } : filter)

/** Several values of `=` and `:`; of `!=` none of them. */
function among({ op, path }: Compared, field: string, values: readonly (string | boolean)[]): Filter {
  if (op !== ':' && op !== '=' && op !== '!=') throw unreadable('several', path)
  return negated(op, { field, op: 'in', value: values })
}

function readOrdered(
  written: Compared,
  { path, field }: SpelledPath,
  valueOf: (piece: Piece, side: 'first' | 'last') => string,
): Filter {
  const { values, isList: hasSeveral, op } = written
  if (hasSeveral)
    return among(
      written,
      path,
      values.map((value) => valueOf(single(value), 'first')),
    )
  const [value] = values
  if (!value?.isRange) return { field: path, op: opFor(written, field), value: valueOf(pieceOf(written), 'first') }
  if (op !== ':' && op !== '=' && op !== '!=') throw new Unreadable('range', value)
  const { low, high } = value
  if (low && high)
    return negated(op, { field: path, op: 'between', value: [valueOf(low, 'first'), valueOf(high, 'last')] })
  if (low) return negated(op, { field: path, op: 'ge', value: valueOf(low, 'first') })
  if (high) return negated(op, { field: path, op: 'le', value: valueOf(high, 'last') })
  throw new Unreadable('none', value)
}

function pieceOf({ values, path }: Compared): Piece {
  const [value] = values
  if (!value) throw unreadable('none', path)
  return single(value)
}

function readDates(written: Compared, spelled: SpelledPath, context: TextContext): Filter {
  const { op, values, isList: hasSeveral } = written
  const [value] = values
  if (hasSeveral || value?.isRange) return readOrdered(written, spelled, (piece, side) => dayOf(piece, side, context))
  const piece = pieceOf(written)
  const read = daysRead(piece, context)
  if ('day' in read) return { field: spelled.path, op: opFor(written, spelled.field, context), value: read.day }
  return 'relative' in read ? readRelation(op, piece, spelled.path, read) : readPeriod(op, piece, spelled.path, read)
}

/** Before and after today have words of their own; other spans are a span that a day lies in or not. */
function readRelation(
  op: WrittenOp,
  piece: Piece,
  field: string,
  { relative }: Extract<DaysRead, { relative: unknown }>,
): Filter {
  if (op === ':' || op === '=' || op === '!=') return negated(op, { field, op: 'within', value: { relative } })
  if (relative === 'today' && op === '<')
    return { field, op: 'within', value: { relative: { before: 0, unit: 'day' } } }
  if (relative === 'today' && op === '>') return { field, op: 'within', value: { relative: { after: 0, unit: 'day' } } }
  throw unreadable('date', piece)
}

function readPeriod(
  op: WrittenOp,
  piece: Piece,
  field: string,
  { first, last }: Extract<DaysRead, { first: string }>,
): Filter {
  switch (op) {
    case ':':
    case '=':
    case '!=':
      return negated(op, { field, op: 'between', value: [first, last] })
    case '<':
      return { field, op: 'lt', value: first }
    case '<=':
      return { field, op: 'le', value: last }
    case '>':
      return { field, op: 'gt', value: last }
    case '>=':
      return { field, op: 'ge', value: first }
    default:
      throw unreadable('operator', piece, { field, op })
  }
}

function readKeyed(
  written: Compared,
  { path, field }: SpelledPath,
  valueOf: (piece: Piece) => string | boolean,
): Filter {
  if (written.isList && field.type !== 'yes_no')
    return among(
      written,
      path,
      written.values.map((value) => valueOf(single(value))),
    )
  return { field: path, op: opFor(written, field), value: valueOf(pieceOf(written)) }
}

function readTextual(written: Compared, { path, field }: SpelledPath): Filter {
  const { op, values } = written
  if (op === ':' && !written.isList) return { field: path, op: 'contains', value: pieceOf(written).text }
  if (op === ':') return { or: values.map((value) => ({ field: path, op: 'contains', value: single(value).text })) }
  if (written.isList)
    return among(
      written,
      path,
      values.map((value) => single(value).text),
    )
  return { field: path, op: opFor(written, field), value: pieceOf(written).text }
}

function readRegion(written: Compared, { path, field }: SpelledPath, context: TextContext): Filter {
  const { op, values } = written
  const codes = values.map((value) => regionOf(single(value), context))
  const [code = ''] = codes
  if (op === ':') {
    const within = codes.map((region): Condition => ({ field: path, op: 'within', value: { region } }))
    return written.isList ? { or: within } : (within[0] ?? { or: [] })
  }
  return written.isList ? among(written, path, codes) : { field: path, op: opFor(written, field), value: code }
}

async function readOwner(written: Compared, { path, field }: SpelledPath, context: TextContext): Promise<Filter> {
  const { op, values } = written
  if (op !== ':' && op !== '=' && op !== '!=') opFor(written, field, context)
  const read = await Promise.all(values.map((value) => ownerOf(single(value), context)))
  const people = read.flatMap((one) => ('people' in one ? one.people : []))
  if (read.every((one) => 'people' in one)) return equalTo(written, path, people)
  const parts = read.map((one): Filter => {
    if ('me' in one) return { field: path, op: 'eq', value: { me: true } }
    if ('people' in one) return { field: path, op: 'in', value: one.people }
    return { field: path, op: 'within', value: one }
  })
  const [first] = parts
  if (first && !written.isList && 'op' in first && first.op === 'eq')
    return { ...first, op: opFor(written, field) } as Condition
  return negated(op, parts.length === 1 && first ? first : { or: parts })
}

/** One id is compared with, several are searched for. */
function equalTo({ op, isList: hasSeveral }: Compared, field: string, ids: readonly string[]): Filter {
  const [only = ''] = ids
  if (hasSeveral || ids.length > 1) return negated(op, { field, op: 'in', value: ids })
  return op === '!=' ? { field, op: 'ne', value: only } : eq(field, only)
}

async function readReference(written: Compared, { path, field }: SpelledPath, context: TextContext): Promise<Filter> {
  const { op, values } = written
  if (op !== ':' && op !== '=' && op !== '!=') {
    const title = titleOf(field, context)
    return title ? readTextual(written, { path: `${path}.${title.key}`, field: title }) : { or: [] }
  }
  const pieces = values.map(single)
  const ids = await Promise.all(pieces.map((piece) => recordsOf(piece, field, context)))
  const missing = pieces.find((_piece, at) => ids[at]?.length === 0)
  if (!missing) return equalTo(written, path, ids.flat())
  // Nothing is called exactly so: what contains it is meant.
  const title = titleOf(field, context)
  if (op !== ':' || written.isList || !title) throw noRecord(missing, field, context)
  return { field: `${path}.${title.key}`, op: 'contains', value: missing.text }
}

function titleOf({ to = '' }: Field, { catalogue, language }: TextContext): Field | undefined {
  const target = catalogue.find(to)
  const key = language === 'en' && target?.titleEn ? target.titleEn : target?.title
  return target?.fields.find((field) => field.key === key)
}

const listOps: Readonly<Partial<Record<WrittenOp, Operator>>> = { ':': 'hasAny', '=': 'hasAll', '!=': 'hasNone' }

async function readList(written: Compared, { path, field }: SpelledPath, context: TextContext): Promise<Filter> {
  const op = listOps[written.op]
  if (!op || !operatorsFor(field).includes(op))
    throw unreadable('operator', written.path, { field: field.label[context.language], op: written.op })
  const pieces = written.values.map(single)
  const entries = await Promise.all(pieces.map((piece) => entriesOf(piece, field, context)))
  const value: FilterValue = entries.flat()
  if (value.length === 0) throw unreadable('none', written.path)
  return { field: path, op, value }
}

async function entriesOf(piece: Piece, field: Field, context: TextContext): Promise<readonly string[]> {
  if (field.type !== 'multi_reference') return [String(plainValueOf(piece, field, context))]
  const ids = await recordsOf(piece, field, context)
  if (ids.length === 0) throw noRecord(piece, field, context)
  return ids
}
