import type { OpenedFile } from '#engine/transfer/opened-file.ts'
import type { TargetFieldView, TargetView } from '#engine/transfer/target-view.ts'
import { mappingSchema, type Mapping, type Target } from '#engine/transfer/mapping.ts'
import { proposeMapping } from '#engine/transfer/propose.ts'
import type { Field } from '#engine/model/object-type.ts'

/** One more field that no column feeds. */
export type OtherKind = 'constants' | 'templates' | 'defaults'

/** The engine's view of a target: the reply is the definition itself, with its type as plain text. */
function asTarget(view: TargetView): Target {
  return { ...view, fields: view.fields.map((field) => field as Field) }
}

/** People as a mapping names them: by their name, or by key where two have the same. */
export function writtenNames(
  people: readonly { readonly id: string; readonly name: string }[],
): ReadonlyMap<string, string> {
  const counts = new Map<string, number>()
  for (const { name } of people) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map(people.map(({ id, name }) => [id, counts.get(name) === 1 ? name : id]))
}

/** What a recognised export of another product holds, else the target whose fields most of the file's headers name. */
export function likelyTarget(targets: readonly TargetView[], file: OpenedFile): TargetView | undefined {
  const [ready] = file.ready
  const known = ready && targets.find((target) => target.object === ready.mapping.object)
  if (known) return known
  const scored = targets.map((target) => {
    const proposed = proposeMapping(asTarget(target), file.headers, file.samples)
    const fed = Object.values(proposed.columns).flat()
    const missing = target.fields.filter((field) => field.required && !fed.includes(field.key)).length
    return { target, score: fed.length - missing * 0.5 }
  })
  return scored.reduce<(typeof scored)[number] | undefined>(
    (best, one) => (best && best.score >= one.score ? best : one),
    undefined,
  )?.target
}

/** Lets a column feed a field, and no other column the same one; no field leaves the column out. */
export function withColumn(mapping: Mapping, header: string, field: string | undefined): Mapping {
  const columns = Object.fromEntries(
    Object.entries(mapping.columns).flatMap(([name, fields]): [string, string | string[]][] => {
      if (name === header) return []
      const left = [fields].flat().filter((key) => key !== field)
      const [only] = left
      return only === undefined ? [] : [[name, left.length === 1 ? only : left]]
    }),
  )
  if (field !== undefined) columns[header] = field
  return { ...mapping, columns, ...keyFor(mapping, columns) }
}

/** A key that nothing feeds any more recognises nothing. */
function keyFor(mapping: Mapping, columns: Mapping['columns']): Pick<Mapping, 'upsertKey' | 'mode'> {
  const fed = new Set([
    ...Object.values(columns).flat(),
    ...Object.keys(mapping.templates),
    ...Object.keys(mapping.constants),
  ])
  if (mapping.upsertKey === undefined || fed.has(mapping.upsertKey))
    return { upsertKey: mapping.upsertKey, mode: mapping.mode }
  return { upsertKey: undefined, mode: 'create' }
}

/** Recognises records by another field, or not at all. Whoever begins to recognise them means to update them. */
export function withKey(mapping: Mapping, upsertKey: string | undefined): Mapping {
  if (upsertKey === undefined) return { ...mapping, upsertKey, mode: 'create' }
  return { ...mapping, upsertKey, mode: mapping.upsertKey === undefined ? 'upsert' : mapping.mode }
}

/** Sets or removes one entry of a part such as `dates` or `constants`. */
export function withEntry<Part extends 'dates' | 'scales' | 'references' | OtherKind>(
  mapping: Mapping,
  part: Part,
  field: string,
  value: string | undefined,
): Mapping {
  const entries = Object.entries(mapping[part]).filter(([key]) => key !== field)
  const changed = Object.fromEntries(value === undefined ? entries : [...entries, [field, value]])
  return mappingSchema.parse({ ...mapping, [part]: changed })
}

/** Notes what texts of the file mean. */
export function withValues(mapping: Mapping, field: string, meanings: Readonly<Record<string, string>>): Mapping {
  return { ...mapping, values: { ...mapping.values, [field]: { ...mapping.values[field], ...meanings } } }
}

export function fieldsFedBy(mapping: Mapping): ReadonlySet<string> {
  return new Set([
    ...Object.values(mapping.columns).flat(),
    ...Object.keys(mapping.templates),
    ...Object.keys(mapping.constants),
  ])
}

/** Fields that may recognise a record: the target's own keys, as far as something feeds them. */
export function keysFed(mapping: Mapping, target: TargetView): readonly TargetFieldView[] {
  const fed = fieldsFedBy(mapping)
  return target.keys.flatMap((key) => (fed.has(key) ? (target.fields.find((field) => field.key === key) ?? []) : []))
}
