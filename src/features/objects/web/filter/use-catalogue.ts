import { useMemo } from 'react'
import { makeCatalogue, type Catalogue } from '#engine/model/catalogue.ts'
import type { Field, FieldType, ObjectType, ResultType } from '#engine/model/object-type.ts'
import { useObjects, type ScreenField, type ScreenObject } from '../use-objects.ts'

/** The objects as the engine knows them, as far as screens know: enough to check filters and to tell them in words. */
export function useCatalogue(): Catalogue {
  const { objects } = useObjects()
  return useMemo(() => catalogueOf(objects), [objects])
}

export function catalogueOf(objects: readonly ScreenObject[]): Catalogue {
  return makeCatalogue(objects.map(toObjectType))
}

export function toObjectType({ key, label, labelOfMany, title, titleEn, fields }: ScreenObject): ObjectType {
  return {
    key,
    label,
    labelOfMany,
    title,
    ...(titleEn === undefined ? {} : { titleEn }),
    table: '',
    defaultSort: [],
    rights: { read: [], create: [], update: [], delete: [], transfer: [], import: [], export: [] },
    fields: fields.map(toField),
  }
}

function toField({
  key,
  label,
  type,
  choices,
  to,
  required,
  inList,
  custom,
  result,
  rollup,
  masked,
}: ScreenField): Field {
  // The server sends types and results of the engine's own list.
  const known = { type: type as FieldType, result: result as ResultType }
  return {
    key,
    label,
    type: known.type,
    ...(choices
      ? {
          choices: choices.map(({ key: of, label: name, retired }) => ({
            key: of,
            label: name,
            ...(retired ? { retired } : {}),
          })),
        }
      : {}),
    ...(to === undefined ? {} : { to }),
    ...(required === undefined ? {} : { required }),
    ...(masked ? { masked } : {}),
    ...(inList === undefined ? {} : { inList }),
    ...(custom ? { custom: { id: key, indexed: false } } : {}),
    ...(known.type === 'formula' ? { formula: { expression: '', result: known.result } } : {}),
    // Filters only compare with what a roll-up amounts to.
    ...(rollup ? { rollup: { of: rollup.of, via: rollup.via, aggregate: 'count', result: known.result } } : {}),
  }
}
