import { isNumeric } from '#engine/model/column.ts'
import { dayFieldOf, type Family } from '#engine/model/family.ts'
import type { Field } from '#engine/model/object-type.ts'
import { checkFilter } from '../check.ts'
import { all, everything, type Children, type FigureOperator, type Filter } from '../filter.ts'
import { readRelative } from '../relative-words.ts'
import { simplified } from '../simplify.ts'
import { parseText } from './grammar.ts'
import { readCondition } from './read-condition.ts'
import { dayOf, numberOf, Unreadable, unreadable } from './read-values.ts'
import type { TextContext } from './resolver.ts'
import { aggregateNamed, familyNamed, fieldNamed, pathNamed } from './spellings.ts'
import type { Piece, TextFault, Written, WrittenCondition, WrittenFigure, WrittenOp } from './written.ts'

export type FilterReading = { readonly filter: Filter } | { readonly faults: readonly TextFault[] }

/**
 * Reads a filter that was written as text: `tier:S amount>10万 owner:me (省份:浙江 or city:"New York") 跟进:无/近30天`.
 * Answers the filter in its plainest form, or everything that cannot be read, with its place.
 */
export async function readFilter(text: string, context: TextContext): Promise<FilterReading> {
  const parsed = parseText(text)
  if ('fault' in parsed) return { faults: [parsed.fault] }
  if (!parsed.written) return { filter: everything }
  const faults: TextFault[] = []
  const filter = simplified(await read(parsed.written, context, faults), context.object, context.catalogue)
  if (faults.length > 0) return { faults }
  const [wrong] = checkFilter(filter, context.object, context.catalogue)
  return wrong ? { faults: [{ from: 0, to: text.length, ...wrong }] } : { filter }
}

async function read(written: Written, context: TextContext, faults: TextFault[]): Promise<Filter> {
  switch (written.kind) {
    case 'and':
    case 'or': {
      const parts: Filter[] = []
      for (const part of written.parts) parts.push(await read(part, context, faults))
      return written.kind === 'and' ? { and: parts } : { or: parts }
    }
    case 'not':
      return { not: await read(written.part, context, faults) }
    case 'everything':
      return everything
    case 'word':
      return { field: context.object.title, op: 'contains', value: written.word.text }
    case 'condition':
      return noted(faults, () => readLeaf(written, context))
    case 'figure':
      return noted(faults, () => readFigure(written, context, faults))
  }
}

/** A part that cannot be read is noted; the others are read all the same, so that all faults are told at once. */
async function noted(faults: TextFault[], reading: () => Promise<Filter>): Promise<Filter> {
  try {
    return await reading()
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    faults.push(error.fault)
    return everything
  }
}

async function readLeaf(written: WrittenCondition, context: TextContext): Promise<Filter> {
  const { object, catalogue } = context
  const { path } = written
  const spelled = pathNamed(object, catalogue, path.text)
  if (spelled) return readCondition(written, spelled, context)
  const family = familyNamed(object, catalogue, path.text)
  if (family) return readPresence(written, family)
  throw unreadable('field', path)
}

const none = new Set(['none', 'no', '无', '没有'])
const any = new Set(['any', 'some', '有'])

/** `activity:none/30d`, `跟进:有`, `activity>=3/近90天`: how many there are, in all or in a span of days. */
function readPresence(written: WrittenCondition, { child, reference }: Family): Promise<Filter> {
  const piece = onlyPiece(written)
  const [amount = '', span] = piece.text.split('/')
  const day = dayFieldOf(child)
  const relative = span === undefined ? undefined : readRelative(span)
  if (span !== undefined && (relative === undefined || !day)) throw unreadable('date', { ...piece, text: span })
  const where = relative !== undefined && day ? all({ field: day.key, op: 'within', value: { relative } }) : undefined
  const common = { children: child.key, via: reference.key, aggregate: 'count', ...(where ? { where } : {}) } as const
  const word = amount.toLowerCase()
  if (written.op === ':' && none.has(word)) return Promise.resolve({ ...common, op: 'eq', value: '0' })
  if (written.op === ':' && any.has(word)) return Promise.resolve({ ...common, op: 'gt', value: '0' })
  const value = numberOf({ ...piece, text: amount })
  return Promise.resolve({ ...common, op: figureOp(written.op, piece), value })
}

async function readFigure(written: WrittenFigure, context: TextContext, faults: TextFault[]): Promise<Filter> {
  const { object, catalogue } = context
  const { target } = written
  const dot = target.text.indexOf('.')
  const name = dot < 0 ? target.text : target.text.slice(0, dot)
  const family = familyNamed(object, catalogue, name)
  if (!family) throw unreadable('family', { ...target, text: name })
  const { child, reference } = family
  const aggregate = aggregateNamed(written.aggregate.text)
  const field = dot < 0 ? undefined : fieldNamed(child, target.text.slice(dot + 1))
  if ((aggregate === 'count') !== dot < 0 || (dot >= 0 && !field)) throw unreadable('aggregate', target)
  const where = written.where && (await read(written.where, { ...context, object: child }, faults))
  return {
    children: child.key,
    via: reference.key,
    aggregate,
    ...(field ? { field: field.key } : {}),
    ...(where ? { where } : {}),
    ...figureValue(written, field, context),
  }
}

function figureValue(
  written: WrittenFigure,
  field: Field | undefined,
  context: TextContext,
): Pick<Children, 'op' | 'value'> {
  const valueOf = (piece: Piece, side: 'first' | 'last') =>
    !field || isNumeric(field) ? numberOf(piece) : dayOf(piece, side, context)
  const [value] = written.values
  if (value?.isRange && value.low && value.high) {
    return { op: 'between', value: [valueOf(value.low, 'first'), valueOf(value.high, 'last')] }
  }
  const piece = onlyPiece(written)
  return { op: figureOp(written.op, piece), value: valueOf(piece, 'first') }
}

function onlyPiece({ values, isList, ...stretch }: WrittenCondition | WrittenFigure): Piece {
  const [value] = values
  if (!value?.low || value.isRange) throw new Unreadable(value ? 'range' : 'none', stretch)
  if (isList && values.length > 1) throw new Unreadable('several', stretch)
  return value.low
}

const figureOps: Readonly<Partial<Record<WrittenOp, FigureOperator>>> = {
  ':': 'eq', '=': 'eq', '!=': 'ne', '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge',
} // prettier-ignore

function figureOp(op: WrittenOp, piece: Piece): FigureOperator {
  const known = figureOps[op]
  if (!known) throw unreadable('operator', piece, { field: piece.text, op })
  return known
}
