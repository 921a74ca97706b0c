import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { roleKey } from '#engine/contract/role-key.ts'
import { byId, id, name, openDay, seenVersion, shortText } from './contract-shapes.ts'

export const peopleRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/org/people',
  summary: { zh: '按姓名、邮箱、手机或工号找人', en: 'Find people by name, e-mail, phone or employee number' },
  access: { permission: 'org.read' },
  query: z.object({
    search: z.string().trim().max(100).optional(),
    unit: id.optional(),
    role: roleKey.optional(),
    inactive: z.enum(['true', 'false']).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    after: z.string().max(200).optional(),
  }),
  reply: z.object({
    people: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        employeeNo: z.string().nullable(),
        role: roleKey,
        isActive: z.boolean(),
        unitId: z.string().nullable(),
        unitName: z.string().nullable(),
        position: z.string().nullable(),
      }),
    ),
    after: z.string().nullable(),
  }),
})

export const personReply = z.object({
  id: z.string(),
  name: z.string(),
  employeeNo: z.string().nullable(),
  /** Null also where the reader may not see it. */
  email: z.string().nullable(),
  phone: z.string().nullable(),
  role: roleKey,
  isActive: z.boolean(),
  canSignIn: z.boolean(),
  version: z.number(),
  heads: z.array(z.object({ id: z.string(), name: z.string() })),
  assignments: z.array(
    z.object({
      id: z.string(),
      unitId: z.string(),
      unitName: z.string(),
      /** Names the structure where it is not the default. */
      structure: z.object({ zh: z.string(), en: z.string() }).nullable(),
      position: z.string().nullable(),
      repTier: z.string().nullable(),
      share: z.string(),
      isMain: z.boolean(),
      from: openDay,
      to: openDay,
    }),
  ),
})
export type PersonReply = z.infer<typeof personReply>

export const personRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/org/people/:id',
  summary: { zh: '一个人的资料与任职经历', en: 'A person with the history of assignments' },
  access: { permission: 'org.read' },
  params: byId,
  reply: personReply,
})

const email = z.email().max(200).nullable()
const phone = z.string().trim().min(5).max(30).nullable()

const newPerson = z
  .object({
    name,
    email: email.optional(),
    phone: phone.optional(),
    employeeNo: shortText.optional(),
    role: roleKey.default('representative'),
    unitId: id.optional(),
    position: shortText.optional(),
    repTier: shortText.optional(),
    from: openDay.optional(),
  })
  .strict()
export type NewPerson = z.infer<typeof newPerson>

export const addPersonRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/people',
  summary: { zh: '添加人员，可以没有邮箱', en: 'Add a person; an e-mail is not needed' },
  access: { permission: 'org.people' },
  body: newPerson,
  reply: z.object({ id: z.string() }),
})

const personChange = z
  .object({
    version: seenVersion,
    name: name.optional(),
    email: email.optional(),
    phone: phone.optional(),
    employeeNo: shortText.optional(),
    role: roleKey.optional(),
  })
  .strict()
export type PersonChange = z.infer<typeof personChange>

export const changePersonRoute = defineRoute({
  method: 'PATCH',
  path: '/api/v1/org/people/:id',
  summary: { zh: '修改人员资料或角色', en: 'Change a person or the role' },
  access: { permission: 'org.people' },
  params: byId,
  body: personChange,
  reply: z.object({ version: z.number() }),
})

export const resetPasswordRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/people/:id/password',
  byPeopleOnly: true,
  summary: { zh: '生成一次性密码：邀请登录或重置', en: 'Make a one-time password, to invite or to reset' },
  access: { permission: 'org.access' },
  params: byId,
  showsSecret: true,
  /** Shown once; kept nowhere. */
  reply: z.object({ identifier: z.string(), password: z.string() }),
})

export const deactivatePersonRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/people/:id/deactivate',
  summary: { zh: '停用人员，其会话与密钥随即失效', en: 'Deactivate a person; sessions and keys end at once' },
  access: { permission: 'org.access' },
  params: byId,
})

export const activatePersonRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/people/:id/activate',
  summary: { zh: '重新启用人员', en: 'Activate a person again' },
  access: { permission: 'org.access' },
  params: byId,
})
