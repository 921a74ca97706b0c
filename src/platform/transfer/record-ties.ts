import type { Field, ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { keysOf } from '#engine/duplicates/keys.ts'
import { comparisonOf } from '#engine/duplicates/ways.ts'
import { fold } from '#engine/transfer/fold.ts'
import type { Mapping } from '#engine/transfer/mapping.ts'
import { rulesOn } from '#platform/duplicates/rules-on.ts'
import { behaviourOf } from '#platform/records/registry.ts'
import type { Ties } from './target.ts'

/**
 * Rows of one object hang on each other by unique values, by what duplicates are known by, by the names under which rows
 * refer to each other, and by what rules judge together.
 */
export function recordTies(object: ObjectType, mapping: Mapping): Ties {
  const compared = fieldsCompared(object, mapping)
  const referring = object.fields.filter(
    ({ type, to }) => (type === 'reference' || type === 'multi_reference') && to === object.key,
  )
  const naming = namingFields(object, mapping, referring)
  return {
    asked: ({ values }) => [
      ...compared.flatMap((field) => markOf(field.key, values)),
      ...referring.flatMap(({ key }) => nameOf(key, values)),
      ...duplicateMarks(object, values),
    ],
    brought: ({ values }, before) =>
      [values, before ?? {}].flatMap((each) => [
        ...compared.flatMap((field) => markOf(field.key, each)),
        ...naming.flatMap(({ key }) => nameOf(key, each)),
        ...duplicateMarks(object, each),
      ]),
  }
}

/** No two rows have the key of the mapping in common: the second one is refused as soon as it is read. */
function fieldsCompared(object: ObjectType, { upsertKey }: Mapping): readonly Field[] {
  const { together = [] } = behaviourOf(object.key)
  return object.fields.filter(({ key, unique }) => (unique && key !== upsertKey) || together.includes(key))
}

/** The fields by which other rows may name a record; none where no row refers to another. */
function namingFields(object: ObjectType, mapping: Mapping, referring: readonly Field[]): readonly Field[] {
  const fed = new Set([
    ...Object.values(mapping.columns).flat(),
    ...[mapping.constants, mapping.defaults, mapping.templates].flatMap(Object.keys),
  ])
  const used = referring.filter(({ key }) => fed.has(key))
  if (used.length === 0) return []
  const asked = new Set([object.title, object.titleEn, ...used.map(({ key }) => mapping.references[key])])
  return object.fields.filter(({ key, unique }) => unique || asked.has(key))
}

/** References are still what people wrote, in many spellings: they are left out, which makes a mark too many at most. */
function duplicateMarks(object: ObjectType, values: RecordValues): readonly string[] {
  const isPlain = (key: string) => object.fields.some((field) => field.key === key && field.type !== 'reference')
  return rulesOn(object).flatMap((rule) => {
    const compares = rule.compares.filter(({ field }) => isPlain(field))
    const keys = compares.length === 0 ? [''] : keysOf({ compares }, values)
    return keys.map((key) => `=${comparisonOf(rule)} ${key}`)
  })
}

function markOf(key: string, values: RecordValues): readonly string[] {
  const value = values[key]
  return typeof value === 'string' && value !== '' ? [`${key} ${value}`] : []
}

function nameOf(key: string, values: RecordValues): readonly string[] {
  const value = values[key]
  const names = Array.isArray(value) ? value : [value]
  return names.flatMap((name) => (typeof name === 'string' && name !== '' ? [`@${fold(name)}`] : []))
}
