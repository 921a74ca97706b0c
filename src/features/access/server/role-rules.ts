import type { FieldFault } from '#base/errors.ts'
import { isComputed } from '#engine/model/column.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import type { Field, FieldType, ObjectType } from '#engine/model/object-type.ts'
import { mayDo } from '#engine/policy/rights.ts'
import type { CompanyRole, FieldAccess, ObjectAccess, RoleDefinition } from '#engine/policy/company-role.ts'
import type { Permission } from '#engine/policy/role.ts'
import { faultOf } from '../errors.ts'

const maskable: ReadonlySet<FieldType> = new Set(['text', 'phone', 'email', 'address', 'url'])

/** What names a record, says whose it is, and in which currency: nobody works without. */
function isKept({ key, type }: Field, { title, titleEn }: ObjectType): boolean {
  return key === title || key === titleEn || type === 'owner' || key === 'currency'
}

/** What a role may have of a field besides writing it. */
export function accessesOf(field: Field, object: ObjectType): readonly Exclude<FieldAccess, 'write'>[] {
  if (isKept(field, object)) return field.type === 'owner' ? [] : ['read']
  const isMaskable = maskable.has(field.type) && !isComputed(field)
  return isMaskable ? ['read', 'masked', 'hidden'] : isComputed(field) ? ['hidden'] : ['read', 'hidden']
}

/** The definition as far as it names something that there is and says something. */
export function knownPart(
  { reach, permissions = {}, objects = {} }: RoleDefinition,
  { catalogue, all }: { readonly catalogue: Catalogue; readonly all: readonly Permission[] },
): RoleDefinition {
  const known = new Set(all.map(({ key }) => key))
  return {
    ...(reach ? { reach } : {}),
    permissions: Object.fromEntries(Object.entries(permissions).filter(([key]) => known.has(key))),
    objects: Object.fromEntries(
      Object.entries(objects).flatMap(([key, access]) => {
        const object = catalogue.find(key)
        return object ? [[key, knownAccess(access, object)] as const] : []
      }),
    ),
  }
}

function knownAccess({ fields = {}, ...access }: ObjectAccess, object: ObjectType): ObjectAccess {
  const known = new Set(object.fields.map(({ key }) => key))
  return { ...access, fields: Object.fromEntries(Object.entries(fields).filter(([key]) => known.has(key))) }
}

/** What of a role does not hold; empty when all of it does. */
export function faultsOfRole(role: CompanyRole, catalogue: Catalogue): readonly FieldFault[] {
  return Object.entries(role.definition.objects ?? {}).flatMap(([key, access]) => {
    const object = catalogue.find(key)
    return object ? faultsIn(role, object, access) : [faultOf(`definition.objects.${key}`, 'object')]
  })
}

function faultsIn(role: CompanyRole, object: ObjectType, { actions, see, change, fields = {} }: ObjectAccess) {
  const at = `definition.objects.${object.key}`
  const faults: FieldFault[] = []
  const limits = actions?.read === false || see !== undefined || change !== undefined
  if (object.visibleToAll && limits)
    faults.push(faultOf(at, 'open', { object: object.label.zh, objectEn: object.label.en }))
  for (const field of object.fields) {
    const access = fields[field.key]
    if (access === undefined) continue
    const code = faultOfField(role, object, field, access)
    if (code) faults.push(faultOf(`${at}.fields.${field.key}`, code, { field: field.label.zh }))
  }
  return faults
}

function faultOfField(role: CompanyRole, object: ObjectType, field: Field, access: Exclude<FieldAccess, 'write'>) {
  if (!accessesOf(field, object).includes(access)) return access === 'masked' ? 'maskable' : 'kept'
  const isAsked = field.required && !field.readOnly && access !== 'masked'
  return isAsked && mayDo(role, object, 'create') ? 'needed' : undefined
}
