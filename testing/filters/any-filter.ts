import fc from 'fast-check'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { isList, isNumeric, systemFields, valueTypeOf } from '#engine/model/column.ts'
import { familiesOf } from '#engine/model/family.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import { isMeasured, operatorsFor } from '#engine/query/check.ts'
import {
  aggregates, figureOperators, relativeDays, spanUnits, type Aggregate, type Children, type Condition, type Filter, type FilterValue, type Relative,
} from '#engine/query/filter.ts' // prettier-ignore

/** Where the values of random filters come from. */
export interface FilterSources {
  readonly catalogue: Catalogue
  readonly people: readonly string[]
  readonly units: readonly string[]
  /** Ids of records by object. */
  readonly records: Readonly<Record<string, readonly string[]>>
  readonly texts: readonly string[]
  readonly numbers: readonly string[]
  readonly days: readonly string[]
  readonly regions: readonly string[]
  /** The longest path through references, in steps. */
  readonly steps: number
}

const relative: fc.Arbitrary<Relative> = fc.oneof(
  fc.constantFrom(...relativeDays),
  fc
    .tuple(fc.constantFrom('past', 'next', 'before', 'after'), fc.integer({ min: 1, max: 90 }), fc.constantFrom(...spanUnits))
    .map(([kind, count, unit]) => ({ [kind]: count, unit }) as unknown as Relative),
  fc.constantFrom<Relative>({ before: 0, unit: 'day' }, { after: 0, unit: 'day' }),
) // prettier-ignore

interface Place {
  readonly path: string
  readonly field: Field
}

/** Every path through references of at most so many steps. */
function placesOf(object: ObjectType, { catalogue, steps }: FilterSources, before = '', depth = 0): readonly Place[] {
  return [...object.fields, ...systemFields].flatMap((field) => {
    const path = `${before}${field.key}`
    const target = field.type === 'reference' && field.to ? catalogue.find(field.to) : undefined
    const further =
      target && depth < steps ? placesOf(target, { catalogue, steps } as FilterSources, `${path}.`, depth + 1) : []
    return operatorsFor(field).length === 0 ? further : [{ path, field }, ...further]
  })
}

function valueOf(field: Field, sources: FilterSources): fc.Arbitrary<string | boolean> {
  if (isNumeric(field)) return fc.constantFrom(...sources.numbers)
  switch (valueTypeOf(field)) {
    case 'yes_no':
      return fc.boolean()
    case 'choice':
    case 'multi_choice':
      return fc.constantFrom(...(field.choices ?? []).map((choice) => choice.key))
    case 'date':
    case 'date_time':
      return fc.constantFrom(...sources.days)
    case 'owner':
      return fc.constantFrom(...sources.people)
    case 'reference':
    case 'multi_reference':
      return fc.constantFrom(...(sources.records[field.to ?? ''] ?? sources.people))
    case 'region':
      return fc.constantFrom(...sources.regions)
    default:
      return fc.constantFrom(...sources.texts)
  }
}

function withinOf(field: Field, sources: FilterSources): fc.Arbitrary<FilterValue> {
  if (field.type === 'region') return fc.constantFrom(...sources.regions).map((region) => ({ region }))
  if (field.type !== 'owner') return relative.map((span) => ({ relative: span }))
  return fc.oneof(
    fc.constant<FilterValue>({ myUnit: true }),
    fc.constantFrom(...sources.units).map((unit) => ({ unit })),
  )
}

function conditionAt({ path, field }: Place, sources: FilterSources): fc.Arbitrary<Condition> {
  return fc.constantFrom(...operatorsFor(field)).chain((op): fc.Arbitrary<Condition> => {
    const one = valueOf(field, sources)
    const given = (value: fc.Arbitrary<FilterValue>) =>
      value.map((known): Condition => ({ field: path, op, value: known }))
    switch (op) {
      case 'empty':
      case 'notEmpty':
        return fc.constant({ field: path, op })
      case 'in':
        return given(fc.array(one, { maxLength: 3 }))
      case 'hasAny':
      case 'hasAll':
      case 'hasNone':
        return given(fc.uniqueArray(one, { minLength: 1, maxLength: 3 }))
      case 'between':
        return given(fc.tuple(one, one))
      case 'within':
        return given(withinOf(field, sources))
      case 'contains':
      case 'startsWith':
        return given(
          fc.oneof(
            one,
            fc.tuple(one, fc.nat(3)).map(([text, at]) => [...String(text)].slice(at, at + 2).join('') || String(text)),
          ),
        )
      default:
        return given(
          field.type === 'owner' && isList(field) === false
            ? fc.oneof(one, fc.constant<FilterValue>({ me: true }))
            : one,
        )
    }
  })
}

/** Any filter that fits the object: nested groups, paths, children within children. */
export function anyFilter(object: ObjectType, sources: FilterSources, depth = 0): fc.Arbitrary<Filter> {
  const places = placesOf(object, sources)
  const condition = fc.constantFrom(...places).chain((place) => conditionAt(place, sources))
  const families = depth < 2 ? familiesOf(object, sources.catalogue) : []
  const leaf: fc.Arbitrary<Filter> =
    families.length === 0
      ? condition
      : fc.oneof(
          { weight: 5, arbitrary: condition },
          {
            weight: 1,
            arbitrary: fc
              .constantFrom(...families)
              .chain(({ child, reference }) => anyChildren(child, reference.key, sources, depth)),
          },
        )
  return fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }),
      fc.record({ or: fc.array(tie('filter'), { maxLength: 3 }) }),
      fc.record({ not: tie('filter') }),
    ),
  })).filter
}

interface Measure {
  readonly aggregate: Aggregate
  readonly field: Field | undefined
}

function anyChildren(child: ObjectType, via: string, sources: FilterSources, depth: number): fc.Arbitrary<Children> {
  const where = fc.option(anyFilter(child, sources, depth + 1), { nil: undefined })
  const figure = fc.constantFrom(...aggregates).chain((aggregate): fc.Arbitrary<Measure> => {
    const measured = child.fields.filter((field) => isMeasured(field, aggregate))
    return aggregate === 'count' || measured.length === 0
      ? fc.constant({ aggregate: 'count', field: undefined })
      : fc.constantFrom(...measured).map((field) => ({ aggregate, field }))
  })
  return fc.tuple(where, figure, fc.constantFrom(...figureOperators)).chain(([condition, { aggregate, field }, op]) => {
    const one = (field ? valueOf(field, sources) : fc.constantFrom('0', '1', '2')) as fc.Arbitrary<string>
    return (op === 'between' ? fc.tuple(one, one) : one).map((value): Children => ({
      children: child.key,
      via,
      aggregate,
      op,
      value,
      ...(field ? { field: field.key } : {}),
      ...(condition ? { where: condition } : {}),
    }))
  })
}
