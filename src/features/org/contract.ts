import { z } from 'zod'
import { isDay } from '#engine/calendar/day.ts'
import { defineRoute, tableFiles } from '#engine/contract/route.ts'
import { roleKey } from '#engine/contract/role-key.ts'

export { orgPermissions } from './permissions.ts'
export * from './structures-contract.ts'

/** Events of the room, told in the transaction of the change. */
export const orgEvents = [
  'org.company.created',
  'org.structure.changed',
  'org.unit.created',
  'org.unit.changed',
  'org.unit.moved',
  'org.unit.merged',
  'org.unit.closed',
  'org.person.added',
  'org.person.changed',
  'org.person.deactivated',
  'org.person.activated',
  'org.assignment.changed',
  'org.business.handed_over',
] as const

const id = z.uuid()
const day = z.string().refine(isDay, { error: 'not a date' })
/** Null: since before all time (from), or without end (to). */
const openDay = day.nullable()
const name = z.string().trim().min(1).max(100)
const shortText = z
  .string()
  .trim()
  .max(60)
  .nullable()
  .transform((text) => text || null)
/** Percent of working time, a decimal such as `60` or `33.33`. */
const share = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,2})?$/)
  .refine((text) => Number(text) > 0 && Number(text) <= 100)
/** As large as the database counts. */
const seenVersion = z.number().int().min(1).max(2_147_483_647)
const byId = z.object({ id })

export const treePerson = z.object({
  id: z.string(),
  /** The assignment that puts the person here. */
  assignmentId: z.string(),
  name: z.string(),
  position: z.string().nullable(),
  role: roleKey,
  share: z.string(),
  isMain: z.boolean(),
  isActive: z.boolean(),
  from: openDay,
  to: openDay,
})

export const treeUnit = z.object({
  id: z.string(),
  name: z.string(),
  code: z.string().nullable(),
  tier: z.string().nullable(),
  parentId: z.string().nullable(),
  headId: z.string().nullable(),
  headName: z.string().nullable(),
  closedOn: openDay,
  version: z.number(),
  people: z.array(treePerson),
})
export type TreeUnit = z.infer<typeof treeUnit>
export type TreePerson = z.infer<typeof treePerson>

const structureKey = z.string().max(40).optional()

export const treeRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/org/tree',
  summary: { zh: '某一天的组织树', en: 'The organisation as it stood on a day' },
  access: { permission: 'org.read' },
  query: z.object({ on: day.optional(), structure: structureKey }),
  reply: z.object({
    on: z.string(),
    /** Parents before children. */
    units: z.array(treeUnit),
    /** People without a unit on that day. */
    unassigned: z.array(z.object({ id: z.string(), name: z.string(), role: roleKey, isActive: z.boolean() })),
    /** Which can be looked at on that day: they have units. */
    structures: z.array(
      z.object({ key: z.string(), name: z.object({ zh: z.string(), en: z.string() }), isDefault: z.boolean() }),
    ),
  }),
})

const newUnit = z
  .object({
    name,
    code: shortText.optional(),
    tier: shortText.optional(),
    parentId: id,
    headId: id.nullable().optional(),
    /** First day; absent: as old as its parent. */
    from: openDay.optional(),
  })
  .strict()
export type NewUnit = z.infer<typeof newUnit>

const unitId = z.object({ id: z.string() })

export const createUnitRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/units',
  summary: { zh: '新建组织单元', en: 'Create a unit' },
  access: { permission: 'org.change' },
  body: newUnit,
  reply: unitId,
})

const unitChange = z
  .object({
    version: seenVersion,
    name: name.optional(),
    code: shortText.optional(),
    tier: shortText.optional(),
    headId: id.nullable().optional(),
  })
  .strict()
export type UnitChange = z.infer<typeof unitChange>

export const changeUnitRoute = defineRoute({
  method: 'PATCH',
  path: '/api/v1/org/units/:id',
  summary: { zh: '改名、改层级、指定负责人', en: 'Rename a unit, change its tier, set its head' },
  access: { permission: 'org.change' },
  params: byId,
  body: unitChange,
  reply: z.object({ version: z.number() }),
})

export const moveUnitRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/units/:id/move',
  summary: { zh: '从某天起把单元连同下级移到另一单元下', en: 'Move a unit with all below it, from a day on' },
  access: { permission: 'org.change' },
  params: byId,
  body: z.object({ parentId: id, from: day }).strict(),
})

export const mergeUnitRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/units/:id/merge',
  summary: { zh: '从某天起并入另一单元', en: 'Merge a unit into another, from a day on' },
  access: { permission: 'org.change' },
  params: byId,
  body: z.object({ intoId: id, from: day }).strict(),
})

export const closeUnitRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/units/:id/close',
  summary: { zh: '从某天起关闭空的单元', en: 'Close an empty unit, from a day on' },
  access: { permission: 'org.change' },
  params: byId,
  body: z.object({ on: day }).strict(),
})

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

const newAssignment = z
  .object({
    personId: id,
    unitId: id,
    /** First day; null: since before all time. A day in the past re-credits the results since. */
    from: openDay,
    /** The day after the last; then the former main assignment goes on. */
    to: openDay.optional(),
    position: shortText.optional(),
    repTier: shortText.optional(),
    share: share.optional(),
    /** Results are credited to the unit of the main assignment. */
    isMain: z.boolean().optional(),
    /** What becomes of main assignments that begin later; asked when there are any. */
    later: z.enum(['keep', 'replace']).optional(),
  })
  .strict()
export type NewAssignment = z.infer<typeof newAssignment>

export const assignRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/assignments',
  summary: { zh: '从某天起任职或调动', en: 'Assign or move a person, from a day on' },
  access: { permission: 'org.people' },
  body: newAssignment,
  reply: z.object({ id: z.string() }),
})

const assignmentChange = z
  .object({
    position: shortText.optional(),
    repTier: shortText.optional(),
    share: share.optional(),
  })
  .strict()
export type AssignmentChange = z.infer<typeof assignmentChange>

export const changeAssignmentRoute = defineRoute({
  method: 'PATCH',
  path: '/api/v1/org/assignments/:id',
  summary: { zh: '修改职位、级别或工时比例', en: 'Change position, tier or share of time' },
  access: { permission: 'org.people' },
  params: byId,
  body: assignmentChange,
})

export const endAssignmentRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/assignments/:id/end',
  summary: { zh: '从某天起结束任职', en: 'End an assignment, from a day on' },
  access: { permission: 'org.people' },
  params: byId,
  body: z.object({ on: day }).strict(),
})

const shareDone = { /** Part that is done, 0–1; null while it is not known. */ share: z.number().nullable() }

export const recreditingRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/org/recrediting',
  summary: {
    zh: '倒签调动之后，业绩重新归属的进度',
    en: 'How far results are credited anew after backdated moves',
  },
  access: { permission: 'org.read' },
  reply: z.object({
    /** Null: figures are at rest. */
    underWay: z.object(shareDone).nullable(),
    /** Null: nothing failed that waits for a retry. */
    failed: z.object({ ...shareDone, at: z.union([z.date(), z.string()]) }).nullable(),
  }),
})

export const retryRecreditingRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/recrediting/retry',
  summary: { zh: '从中断处继续重新归属业绩', en: 'Go on crediting anew where it failed' },
  access: { permission: 'org.people' },
})

export const handOverPreviewRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/org/people/:id/hand-over',
  summary: { zh: '交接前：此人名下有什么', en: 'Before a hand-over: what the person owns' },
  access: { permission: 'org.hand_over' },
  params: byId,
  reply: z.object({
    holdings: z.array(
      z.object({ object: z.string(), label: z.object({ zh: z.string(), en: z.string() }), count: z.number() }),
    ),
    heads: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
})

export const handOverRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/people/:id/hand-over',
  summary: { zh: '把名下业务交给另一人', en: 'Hand everything owned over to another person' },
  access: { permission: 'org.hand_over' },
  params: byId,
  body: z.object({ toId: id, objects: z.array(z.string().max(40)).max(50).optional() }).strict(),
  reply: z.object({ moved: z.array(z.object({ object: z.string(), count: z.number() })) }),
})

export const exportOrgRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/org/export',
  summary: { zh: '导出组织与人员', en: 'Export units and people' },
  access: { permission: 'org.export' },
  query: z.object({ on: day.optional(), structure: structureKey, format: z.enum(['csv', 'xlsx']).default('xlsx') }),
  files: tableFiles,
})
