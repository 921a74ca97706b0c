import { z } from 'zod'
import { roleKey } from '#engine/contract/role-key.ts'
import { defineRoute } from '#engine/contract/route.ts'
import { recordActions } from '#engine/model/object-type.ts'
import { fieldAccesses } from '#engine/policy/company-role.ts'
import { reaches, roles } from '#engine/policy/role.ts'
import { granteeKinds } from '#engine/policy/sharing.ts'
import { filterSchema } from '#engine/query/filter.ts'
import { accessPermissions, manageAccess } from './permissions.ts'

export { accessPermissions, manageAccess }

/** A record was shared with somebody, or its share was changed or ended. */
export const recordShared = 'record.shared'
/** Roles or sharing rules are others than before. */
export const accessChanged = 'access.changed'

const access = { permission: manageAccess.key }
const label = z.object({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(60) })
const words = z.object({ zh: z.string(), en: z.string() })
const instant = z.union([z.date(), z.string()])
const version = z.number().int().min(1).max(2_147_483_647)
const objectKey = z.string().max(60)
const fieldKey = z.string().max(100)

const definition = z.strictObject({
  reach: z.enum(reaches).optional(),
  permissions: z.record(z.string().max(60), z.boolean()).optional(),
  objects: z
    .record(
      objectKey,
      z.strictObject({
        actions: z.partialRecord(z.enum(recordActions), z.boolean()).optional(),
        see: z.enum(reaches).optional(),
        change: z.enum(reaches).optional(),
        fields: z.record(fieldKey, z.enum(fieldAccesses).exclude(['write'])).optional(),
      }),
    )
    .optional(),
})

const roleView = z.object({
  key: z.string(),
  label: words,
  basis: z.enum(roles),
  /** Every company has it; it can be changed but not deleted. */
  isStandard: z.boolean(),
  /** That of administrators. */
  isFixed: z.boolean(),
  /** Active people who hold it. */
  people: z.number().int(),
  /** 0: as the product brings it. */
  version: z.number().int(),
  definition,
})
export type RoleView = z.infer<typeof roleView>

const grantee = z.strictObject({ kind: z.enum(granteeKinds), id: z.string().max(63) })
const level = z.enum(['read', 'write'])

const ruleDraft = z.strictObject({ object: objectKey, label, filter: filterSchema, to: grantee, level })
export type RuleDraft = z.output<typeof ruleDraft>

const ruleView = z.object({
  id: z.uuid(),
  object: z.string(),
  label: words,
  filter: filterSchema,
  /** The filter in words, in the language of whoever asks. */
  filterInWords: z.string(),
  to: grantee.extend({ name: z.string() }),
  level,
  version: z.number().int(),
})
export type RuleView = z.infer<typeof ruleView>

export const roleRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/access/roles',
    summary: { zh: '角色及其权限', en: 'Roles and what they may do' },
    access,
    reply: z.object({
      roles: z.array(roleView),
      /** Every permission, and the standard roles that hold it unless a company says otherwise. */
      permissions: z.array(z.object({ key: z.string(), label: words, roles: z.array(z.enum(roles)) })),
      objects: z.array(
        z.object({
          key: z.string(),
          label: words,
          /** Everybody sees all of them. */
          isOpen: z.boolean(),
          rights: z.record(z.enum(recordActions), z.array(z.enum(roles))),
          fields: z.array(
            z.object({
              key: z.string(),
              label: words,
              /** What a role may have of it besides writing it. */
              choices: z.array(z.enum(fieldAccesses).exclude(['write'])),
            }),
          ),
        }),
      ),
    }),
  }),
  create: defineRoute({
    method: 'POST',
    path: '/api/v1/access/roles',
    byPeopleOnly: true,
    summary: { zh: '新建角色', en: 'Make a role' },
    access,
    body: z.strictObject({ label, basis: z.enum(roles), definition: definition.optional() }),
    reply: z.object({ key: z.string() }),
    success: 201,
  }),
  change: defineRoute({
    method: 'PUT',
    path: '/api/v1/access/roles/:key',
    byPeopleOnly: true,
    summary: { zh: '修改角色', en: 'Change a role' },
    access,
    params: z.strictObject({ key: roleKey }),
    body: z.strictObject({ label, definition, version: version.or(z.literal(0)) }),
    reply: z.object({ version: z.number().int() }),
  }),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/v1/access/roles/:key',
    byPeopleOnly: true,
    summary: { zh: '删除角色', en: 'Delete a role that nobody holds' },
    access,
    params: z.strictObject({ key: roleKey }),
  }),
}

export const ruleRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/access/rules',
    summary: { zh: '共享规则', en: 'Sharing rules' },
    access,
    reply: z.object({ rules: z.array(ruleView) }),
  }),
  create: defineRoute({
    method: 'POST',
    path: '/api/v1/access/rules',
    summary: { zh: '新建共享规则', en: 'Make a sharing rule' },
    access,
    body: ruleDraft,
    reply: z.object({ id: z.uuid() }),
    success: 201,
  }),
  change: defineRoute({
    method: 'PUT',
    path: '/api/v1/access/rules/:id',
    summary: { zh: '修改共享规则', en: 'Change a sharing rule' },
    access,
    params: z.strictObject({ id: z.uuid() }),
    body: ruleDraft.extend({ version }),
    reply: z.object({ version: z.number().int() }),
  }),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/v1/access/rules/:id',
    summary: { zh: '删除共享规则', en: 'Delete a sharing rule' },
    access,
    params: z.strictObject({ id: z.uuid() }),
  }),
}

const ofRecord = z.strictObject({ object: objectKey, id: z.string().max(60) })

const shareView = z.object({
  id: z.uuid(),
  to: grantee.extend({ name: z.string() }),
  level,
  part: z.string().nullable(),
  note: z.string().nullable(),
  until: z.string().nullable(),
  /** Its last day is over. */
  isOver: z.boolean(),
  byName: z.string().nullable(),
  at: instant,
})
export type ShareView = z.infer<typeof shareView>

const shareDraft = z.strictObject({
  to: grantee,
  level,
  /** What a member of the team does there; absent: the record is shared by hand. */
  part: z.string().trim().min(1).max(40).optional(),
  note: z.string().trim().max(200).optional(),
  until: z.iso.date().optional(),
})
export type ShareDraft = z.output<typeof shareDraft>

export const shareRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/records/:object/:id/shares',
    summary: { zh: '记录的团队与共享', en: 'The team of a record, and with whom it is shared' },
    access: 'signed-in',
    params: ofRecord,
    reply: z.object({ shares: z.array(shareView), canShare: z.boolean() }),
  }),
  keep: defineRoute({
    method: 'PUT',
    path: '/api/v1/records/:object/:id/shares',
    summary: { zh: '共享记录，或加入团队', en: 'Share a record with somebody, or put them on its team' },
    access: 'signed-in',
    params: ofRecord,
    body: shareDraft,
    reply: z.object({ id: z.uuid() }),
  }),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/v1/records/:object/:id/shares/:shareId',
    summary: { zh: '取消共享', en: 'End a share of a record' },
    access: 'signed-in',
    params: ofRecord.extend({ shareId: z.uuid() }),
  }),
}
