import { fieldsIn, parseFormula } from '#engine/formula/parse.ts'
import { makeCatalogue, type Catalogue } from '#engine/model/catalogue.ts'
import type { Field, ObjectType, SortKey } from '#engine/model/object-type.ts'
import { checkFilter, checkSort, fieldAt } from '#engine/query/check.ts'
import type { Filter } from '#engine/query/filter.ts'
import { fieldAccessOf, mayDo } from './rights.ts'
import type { CompanyRole } from './company-role.ts'

/**
 * The catalogue as a role knows it: without the objects that it may not read and the fields that are hidden from it, or
 * that would tell what those hold; masked and read-only fields are marked. Whatever is compiled from it, be it a list,
 * a filter, a sum or an export, cannot show what is not in it.
 */
export function catalogueFor(role: CompanyRole, whole: Catalogue): Catalogue {
  if (!isNarrower(role)) return whole
  let view = makeCatalogue(
    whole
      .all()
      .filter((object) => object.visibleToAll || mayDo(role, object, 'read'))
      .map((object) => ({ ...object, fields: object.fields.flatMap((field) => fieldFor(role, object, field) ?? []) })),
  )
  // Each round takes away what read something that the round before took away.
  for (;;) {
    const next = makeCatalogue(view.all().map((object) => withoutTelling(object, view)))
    const isDone = next.all().every((object, at) => object.fields.length === view.all()[at]?.fields.length)
    if (isDone) return makeCatalogue(next.all().map((object) => inKeeping(object, next)))
    view = next
  }
}

function isNarrower({ definition }: CompanyRole): boolean {
  return Object.values(definition.objects ?? {}).some(
    ({ actions, fields }) => actions?.read === false || Object.keys(fields ?? {}).length > 0,
  )
}

function fieldFor(role: CompanyRole, object: ObjectType, field: Field): Field | undefined {
  switch (fieldAccessOf(role, object.key, field.key)) {
    case 'hidden':
      return undefined
    case 'read':
      return { ...field, readOnly: true }
    case 'masked': {
      const { searched: _searched, unique: _unique, ...shown } = field
      return { ...shown, masked: true }
    }
    case 'write':
      return field
  }
}

/** Without fields that lead to an object out of sight, or that are worked out from something out of sight. */
function withoutTelling(object: ObjectType, view: Catalogue): ObjectType {
  return { ...object, fields: object.fields.filter((field) => isInSight(field, object, view)) }
}

function isInSight({ to, formula, rollup }: Field, object: ObjectType, view: Catalogue): boolean {
  if (to !== undefined && !view.find(to)) return false
  if (formula) return fieldsIn(parseFormula(formula.expression)).every((path) => isOpen(fieldAt(path, object, view)))
  if (!rollup) return true
  const child = view.find(rollup.of)
  if (!child || !fieldAt(rollup.via, child, view)) return false
  if (rollup.field !== undefined && !isOpen(fieldAt(rollup.field, child, view))) return false
  return fits(rollup.where, child, view)
}

const isOpen = (field: Field | undefined): boolean => field !== undefined && !field.masked

function fits(filter: Filter | undefined, object: ObjectType, view: Catalogue): boolean {
  return filter === undefined || checkFilter(filter, object, view).length === 0
}

/** What an object says about its fields, as far as these are there. */
function inKeeping(object: ObjectType, view: Catalogue): ObjectType {
  const { rules: _rules, layouts, recordTypeField, ...shown } = object
  const known = new Set(object.fields.map(({ key }) => key))
  const defaultSort = object.defaultSort.filter((key) => checkSort([key], object).length === 0)
  return {
    ...shown,
    ...(recordTypeField !== undefined && known.has(recordTypeField) ? { recordTypeField } : {}),
    ...(layouts
      ? {
          layouts: layouts.map((layout) => ({
            ...layout,
            sections: layout.sections.map((one) => ({ ...one, fields: one.fields.filter((key) => known.has(key)) })),
          })),
        }
      : {}),
    defaultSort: defaultSort.length > 0 ? defaultSort : latestFirst,
    fields: object.fields.map((field) => unconditioned(field, object, view)),
  }
}

const latestFirst: readonly SortKey[] = [{ field: 'updatedAt', descending: true }]

/** A condition over something out of sight is not asked on the screen; the rules of the record still hold. */
function unconditioned(field: Field, object: ObjectType, view: Catalogue): Field {
  const { requiredIf, visibleIf, ...rest } = field
  return {
    ...rest,
    ...(requiredIf && fits(requiredIf, object, view) ? { requiredIf } : {}),
    ...(visibleIf && fits(visibleIf, object, view) ? { visibleIf } : {}),
  }
}
