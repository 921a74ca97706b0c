import type { Label } from '#base/label.ts'
import type { DuplicateRule } from './duplicate-rule.ts'
import { everydayRights } from '#engine/policy/rights.ts'
import { all } from '#engine/query/filter.ts'
import { makeCatalogue, type Catalogue } from './catalogue.ts'
import type { Field, FieldType, Layout, ObjectType, SearchedAs, ValidationRule } from './object-type.ts'

/** Keys of what a company adds end with this, so that they never meet a standard one. */
export const customEnding = '__c'

/** An object that a company made. Its records have a name, an owner, and the fields that it added. */
export interface CustomObject {
  readonly key: string
  readonly label: Label
  readonly labelOfMany: Label
  /** What the name of a record is called, e.g. 合同名称. */
  readonly nameLabel: Label
}

/** A field that a company added: everything of a `Field` but its place. */
export type CustomFieldDefinition = Omit<Field, 'key' | 'custom' | 'readOnly'> & {
  /** Kept in the table of indexed values, so that filters by it are quick. */
  readonly oftenFiltered?: boolean
}

export interface CustomField {
  readonly id: string
  readonly object: string
  readonly key: string
  readonly definition: CustomFieldDefinition
  /** Do all records have their rows in the table of indexed values? */
  readonly isIndexReady: boolean
}

/** What a company decided about any object. */
export interface ObjectSetup {
  readonly layouts?: readonly Layout[]
  readonly rules?: readonly ValidationRule[]
  readonly recordTypeField?: string
  readonly duplicates?: readonly DuplicateRule[]
}

/** Everything that a company added, in its order. */
export interface Shape {
  readonly objects: readonly CustomObject[]
  readonly fields: readonly CustomField[]
  readonly setups: Readonly<Record<string, ObjectSetup>>
}

/** The company's own catalogue: the standard objects and its own, each with the fields, layouts and rules it added. */
export function shapedCatalogue(standard: Catalogue, shape: Shape): Catalogue {
  const objects = [...standard.all(), ...shape.objects.map(toObjectType)]
  const fields = Map.groupBy(shape.fields, (field) => field.object)
  return makeCatalogue(
    objects.map((object) => {
      const all = [...object.fields, ...(fields.get(object.key) ?? []).map(toField)]
      const { layouts, ...setup } = shape.setups[object.key] ?? {}
      return { ...object, ...setup, ...(layouts ? { layouts: withoutGone(layouts, all) } : {}), fields: all }
    }),
  )
}

/** Layouts keep the places of deleted fields, so that these come back to where they stood. */
function withoutGone(layouts: readonly Layout[], fields: readonly Field[]): readonly Layout[] {
  const known = new Set(fields.map(({ key }) => key))
  return layouts.map((layout) => ({
    ...layout,
    sections: layout.sections.map((section) => ({
      ...section,
      fields: section.fields.filter((key) => known.has(key)),
    })),
  }))
}

function toObjectType({ key, label, labelOfMany, nameLabel }: CustomObject): ObjectType {
  return {
    key,
    label,
    labelOfMany,
    table: 'custom_record',
    custom: true,
    title: 'name',
    rights: everydayRights,
    defaultSort: [{ field: 'updatedAt', descending: true }],
    fields: [
      { key: 'name', type: 'text', label: nameLabel, required: true, inList: true, searched: 'name' },
      { key: 'ownerId', type: 'owner', label: { zh: '负责人', en: 'Owner' }, inList: true, aliases: ['owner'] },
    ],
  }
}

/** What refers to other records is always indexed, so that these know who refers to them; tags, so that they are known. */
const alwaysIndexed: ReadonlySet<string> = new Set(['reference', 'multi_reference', 'owner', 'tags', 'auto_number'])

export function isIndexed({ type, unique, oftenFiltered }: CustomFieldDefinition): boolean {
  return alwaysIndexed.has(type) || unique === true || oftenFiltered === true
}

const uniqueTypes: ReadonlySet<FieldType> = new Set(['text', 'phone', 'email', 'url', 'auto_number'])

/** Whether a company may ask that no value of such a field stands twice. */
export function mayBeUnique({ type }: Pick<Field, 'type'>): boolean {
  return uniqueTypes.has(type)
}

/** Records are found by these wherever they stand. */
const searchedTypes: Partial<Readonly<Record<FieldType, SearchedAs>>> = {
  phone: 'code',
  email: 'email',
  auto_number: 'code',
}

export function isSearched({ type }: CustomFieldDefinition): boolean {
  return searchedTypes[type] !== undefined
}

/** A field that is shown under a condition is asked for only where it is shown. */
function whereShown(definition: CustomFieldDefinition): CustomFieldDefinition {
  const { required, requiredIf, ...field } = definition
  const { visibleIf } = field
  if (!visibleIf || (!required && !requiredIf)) return definition
  return { ...field, requiredIf: required || !requiredIf ? visibleIf : all(visibleIf, requiredIf) }
}

function toField({ id, key, definition, isIndexReady }: CustomField): Field {
  const { oftenFiltered: _often, ...field } = whereShown(definition)
  const searched = searchedTypes[field.type]
  return {
    ...field,
    key,
    custom: { id, indexed: isIndexed(definition) && isIndexReady },
    ...(searched ? { searched } : {}),
    ...(field.type === 'auto_number' ? { readOnly: true, unique: true } : {}),
  }
}
