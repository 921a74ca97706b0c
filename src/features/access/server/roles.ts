import { recordActions } from '#engine/model/object-type.ts'
import { standardRole, type CompanyRole } from '#engine/policy/company-role.ts'
import { roleLabels, roles, type Permission, type Role } from '#engine/policy/role.ts'
import type { Label } from '#base/label.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Step } from '#platform/db/step.ts'
import type { RoleView } from '../contract.ts'
import { accessErrors, faultOf } from '../errors.ts'
import { changing } from './changing.ts'
import { letGoWith } from './belongings-of-role.ts'
import { accessesOf, faultsOfRole, knownPart } from './role-rules.ts'
import { deleteRole, holders, retiredKeys, retireRole, roleRows, writeRole, type RoleRow } from './role-store.ts'

/** Every role with what it may do, and everything that a role may be allowed. */
export async function listRoles(ctx: Ctx, permissions: readonly Permission[]) {
  const { wholeCatalogue } = ctx.company
  const [own, people] = await inView(ctx, async (tx) => [await roleRows(tx), await holders(tx)] as const)
  const active = new Map(people.map(({ role, active: count }) => [role, count]))
  return {
    roles: everyRole(own).map((role) => viewOf(role, active.get(role.key) ?? 0)),
    permissions: permissions.map(({ key, label, roles: held }) => ({ key, label: { ...label }, roles: [...held] })),
    objects: wholeCatalogue.all().map((object) => ({
      key: object.key,
      label: { ...object.label },
      isOpen: object.visibleToAll ?? false,
      rights: rightsOf(object.rights),
      fields: object.fields.map((field) => ({
        key: field.key,
        label: { ...field.label },
        choices: [...accessesOf(field, object)],
      })),
    })),
  }
}

function rightsOf(rights: Readonly<Record<(typeof recordActions)[number], readonly Role[]>>) {
  return Object.fromEntries(recordActions.map((action) => [action, [...rights[action]]])) as Record<
    (typeof recordActions)[number],
    Role[]
  >
}

/** Standard roles first, in their order, as the company set them; then its own. */
function everyRole(own: readonly RoleRow[]): readonly RoleRow[] {
  const byKey = new Map(own.map((role) => [role.key, role]))
  const standard = roles.map((key): RoleRow => byKey.get(key) ?? { ...standardRole(key), version: 0 })
  return [...standard, ...own.filter(({ key }) => !isStandard(key))]
}

const isStandard = (key: string): key is Role => roles.some((role) => role === key)

function viewOf({ key, label, basis, definition, version }: RoleRow, people: number): RoleView {
  const { reach, permissions = {}, objects = {} } = definition
  return {
    key,
    label: { ...label },
    basis,
    isStandard: isStandard(key),
    isFixed: key === 'administrator',
    people,
    version,
    definition: {
      ...(reach ? { reach } : {}),
      permissions: { ...permissions },
      objects: Object.fromEntries(
        Object.entries(objects).map(([object, { actions, fields, ...access }]) => [
          object,
          { ...access, actions: { ...actions }, fields: { ...fields } },
        ]),
      ),
    },
  }
}

interface RoleDraft {
  readonly label: Label
  readonly basis: Role
  readonly definition?: CompanyRole['definition'] | undefined
}

/** Makes a role that begins as its standard role, with the differences named; answers its key. */
export async function createRole(ctx: Ctx, { label, basis, definition = {} }: RoleDraft, all: readonly Permission[]) {
  return changing(ctx, 'role.create', async (step) => {
    const own = await roleRows(step.tx)
    const role = {
      key: freeKey(basis, [...own.map(({ key }) => key), ...(await retiredKeys(step.tx))]),
      label,
      basis,
      definition,
      version: 1,
    }
    await keepRole(step, role, { own, all })
    step.audit({ object: 'role', recordId: ctx.company.id, action: 'created', before: null, after: role })
    return { key: role.key }
  })
}

/** Changes what a role is called and where it differs; throws ACCESS_CHANGED if it is another than the one that was seen. */
export async function changeRole(
  ctx: Ctx,
  { key, label, definition, version }: Omit<RoleRow, 'basis'>,
  all: readonly Permission[],
): Promise<{ version: number }> {
  if (key === 'administrator') throw accessErrors.ROLE_FIXED()
  return changing(ctx, 'role.change', async (step) => {
    const own = await roleRows(step.tx)
    const before = everyRole(own).find((role) => role.key === key)
    if (!before) throw accessErrors.ROLE_NOT_FOUND()
    if (before.version !== version) throw accessErrors.ACCESS_CHANGED()
    const role = { ...before, label: isStandard(key) ? roleLabels[key] : label, definition, version: version + 1 }
    await keepRole(step, role, { own, all })
    step.audit({ object: 'role', recordId: ctx.company.id, action: 'updated', before, after: role })
    return { version: role.version }
  })
}

/**
 * Lets a role go that nobody holds, and with it what was shared with it and shown to it; a standard one is as the product
 * brings it again.
 */
export async function removeRole(ctx: Ctx, key: string): Promise<void> {
  await changing(ctx, 'role.delete', async (step) => {
    const before = (await roleRows(step.tx)).find((role) => role.key === key)
    if (!before) throw isStandard(key) ? accessErrors.ROLE_STANDARD() : accessErrors.ROLE_NOT_FOUND()
    const held = (await holders(step.tx)).find(({ role }) => role === key)
    if (!isStandard(key) && held) throw accessErrors.ROLE_IN_USE({ count: held.all })
    if (isStandard(key)) {
      await deleteRole(step, key)
    } else {
      await letGoWith(step, key)
      await retireRole(step, key)
    }
    step.audit({ object: 'role', recordId: ctx.company.id, action: 'deleted', before, after: null })
  })
}

async function keepRole(
  step: Step,
  role: RoleRow,
  { own, all }: { readonly own: readonly RoleRow[]; readonly all: readonly Permission[] },
): Promise<void> {
  const catalogue = step.ctx.company.wholeCatalogue
  const known = { ...role, definition: knownPart(role.definition, { catalogue, all }) }
  const faults = [...faultsOfName(role, own), ...faultsOfRole(known, catalogue)]
  if (faults.length > 0) throw accessErrors.ROLE_REFUSED({}, faults)
  await writeRole(step, known)
}

function faultsOfName({ key, label }: RoleRow, own: readonly RoleRow[]) {
  const others = everyRole(own).filter((role) => role.key !== key)
  return (['zh', 'en'] as const)
    .filter((language) => others.some((role) => role.label[language].toLowerCase() === label[language].toLowerCase()))
    .map((language) => faultOf(`label.${language}`, 'taken', { name: label[language] }))
}

/** `manager_2`, say. */
function freeKey(basis: Role, known: readonly string[]): string {
  const taken = new Set(known)
  for (let number = 2; ; number += 1) {
    const key = `${basis}_${number}`
    if (!taken.has(key)) return key
  }
}
