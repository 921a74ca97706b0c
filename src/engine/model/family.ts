import type { Catalogue } from './catalogue.ts'
import { systemFields, valueTypeOf } from './column.ts'
import type { Field, ObjectType } from './object-type.ts'

/** Records of one object that refer to another by one of their fields. */
export interface Family {
  readonly child: ObjectType
  readonly reference: Field
}

/** Everything that refers to an object, in the order of the catalogue. */
export function familiesOf(object: ObjectType, catalogue: Catalogue): readonly Family[] {
  return catalogue
    .all()
    .flatMap((child) =>
      child.fields
        .filter(({ type, to, custom }) => to === object.key && (type === 'reference' || custom !== undefined))
        .map((reference) => ({ child, reference })),
    )
}

/** The day that tells when a record happened: its first date that is required, else the first in lists, else when it was made. */
export function dayFieldOf(object: ObjectType): Field | undefined {
  const dates = object.fields.filter((field) => valueTypeOf(field) === 'date')
  return (
    dates.find((field) => field.required) ??
    dates.find((field) => field.inList) ??
    systemFields.find((field) => field.key === 'createdAt')
  )
}
