import type { Catalogue } from '#engine/model/catalogue.ts'
import { valueTypeOf } from '#engine/model/column.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import { fieldAt } from './check.ts'
import type { Condition, Filter } from './filter.ts'

/** What a filter names by id or code, each once. */
export interface NamedThings {
  readonly people: ReadonlySet<string>
  readonly units: ReadonlySet<string>
  readonly regions: ReadonlySet<string>
  /** Ids of records by the key of their object. */
  readonly records: ReadonlyMap<string, ReadonlySet<string>>
}

interface Gathered {
  readonly people: Set<string>
  readonly units: Set<string>
  readonly regions: Set<string>
  readonly records: Map<string, Set<string>>
}

export function namedIn(filter: Filter, object: ObjectType, catalogue: Catalogue): NamedThings {
  const gathered: Gathered = { people: new Set(), units: new Set(), regions: new Set(), records: new Map() }
  gather(filter, object, catalogue, gathered)
  return gathered
}

function gather(filter: Filter, object: ObjectType, catalogue: Catalogue, into: Gathered): void {
  if ('and' in filter) filter.and.forEach((part) => gather(part, object, catalogue, into))
  else if ('or' in filter) filter.or.forEach((part) => gather(part, object, catalogue, into))
  else if ('not' in filter) gather(filter.not, object, catalogue, into)
  else if ('children' in filter) {
    const child = catalogue.find(filter.children)
    if (child && filter.where) gather(filter.where, child, catalogue, into)
  } else gatherValues(filter, object, catalogue, into)
}

function gatherValues(
  { field: path, value }: Condition,
  object: ObjectType,
  catalogue: Catalogue,
  into: Gathered,
): void {
  if (value === undefined || value === null) return
  if (typeof value === 'object' && 'unit' in value) into.units.add(value.unit)
  if (typeof value === 'object' && 'region' in value) into.regions.add(value.region)
  const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
  const field = fieldAt(path, object, catalogue)
  if (!field || texts.length === 0) return
  const type = valueTypeOf(field)
  if (type === 'owner') texts.forEach((id) => into.people.add(id))
  if (type === 'region') texts.forEach((code) => into.regions.add(code))
  const target =
    type === 'reference' || type === 'multi_reference'
      ? (field.to ?? (field.key === 'id' ? object.key : undefined))
      : undefined
  if (target === undefined) return
  const known = into.records.get(target) ?? new Set<string>()
  texts.forEach((id) => known.add(id))
  into.records.set(target, known)
}
