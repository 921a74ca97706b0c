import { z } from 'zod'
import { defineErrors } from '#base/errors.ts'
import { defineRoute } from '#engine/contract/route.ts'
import type { Permission } from '#engine/policy/role.ts'
import { planRowShape } from '#features/targets/contract.ts'

export const objectiveRead = 'objective.read'
export const objectiveManage = 'objective.manage'

export const manageObjectives: Permission = {
  key: objectiveManage,
  label: { zh: '管理战略目标', en: 'Manage objectives' },
  roles: ['administrator', 'operations', 'director'],
}

export const objectivePermissions: readonly Permission[] = [
  {
    key: objectiveRead,
    label: { zh: '查看战略目标', en: 'See objectives' },
    roles: ['administrator', 'operations', 'director', 'manager', 'representative'],
  },
  manageObjectives,
]

/** Told when an objective or its links changed: `{objectiveId}`. */
export const objectiveChanged = 'objective.changed'

export const objectiveErrors = defineErrors({
  OBJECTIVE_NOT_FOUND: { status: 404, label: { zh: '找不到这个战略目标', en: 'This objective was not found' } },
  OBJECTIVE_CIRCLE: {
    status: 422,
    label: {
      zh: '一个目标不能放在自己或自己的下级之下',
      en: 'An objective cannot stand below itself or below what is below it',
    },
  },
  OBJECTIVE_HAS_CHILDREN: {
    status: 409,
    label: { zh: '请先移走或删除下级目标', en: 'Move or delete the objectives below it first' },
  },
  OBJECTIVE_CHANGED: {
    status: 409,
    label: { zh: '这个目标刚刚被修改，请重新打开', en: 'This objective changed meanwhile; open it again' },
  },
  OBJECTIVE_INVALID: { status: 422, label: { zh: '战略目标需要修改', en: 'The objective needs attention' } },
})

const label = z.object({ zh: z.string(), en: z.string() })
const params = z.object({ id: z.uuid() })
const name = z.string().trim().min(1).max(200)
const version = z.number().int().min(1).max(2_147_483_647)

const fields = z.object({
  name,
  note: z.string().trim().max(2000),
  parentId: z.uuid().nullable(),
  ownerId: z.uuid().nullable(),
  /** A fiscal period such as `2026` or `2026-Q2`. */
  period: z.string().min(4).max(20),
  /** Measured by the attainment of this metric; null: not by a figure. */
  metric: z.string().min(1).max(60).nullable(),
  /** At this unit; the top of the organisation unless told. */
  unitId: z.uuid().nullable(),
  status: z.enum(['open', 'reached', 'dropped']),
})
export type ObjectiveFields = z.infer<typeof fields>

const link = z.object({
  planId: z.uuid(),
  /** Null: the whole plan. */
  node: planRowShape.shape.id.nullable(),
})

const objective = fields.extend({
  id: z.string(),
  ownerName: z.string().nullable(),
  unitName: z.string().nullable(),
  metricLabel: label.nullable(),
  measure: z.enum(['money', 'count', 'percent', 'days']).nullable(),
  /** What the measure says; null where it has no measure, or the reader does not see it. */
  progress: z
    .object({ actual: z.string().nullable(), target: z.string().nullable(), attainment: z.number().nullable() })
    .nullable(),
  links: z.array(link.extend({ planLabel: label, year: z.number(), nodeName: z.string().nullable() })),
  version: z.number(),
  can: z.object({ manage: z.boolean() }),
})
export type Objective = z.infer<typeof objective>

export const listObjectivesRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/objectives',
  summary: { zh: '战略目标树，进展与未关联的目标计划', en: 'Objectives with progress, and plans that serve none' },
  access: { permission: objectiveRead },
  reply: z.object({
    objectives: z.array(objective),
    /** Plans that no objective is linked to, neither whole nor by a row. */
    unlinked: z.array(z.object({ planId: z.string(), label, year: z.number() })),
    can: z.object({ manage: z.boolean() }),
  }),
})

export const createObjectiveRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/objectives',
  summary: { zh: '新建战略目标', en: 'Make an objective' },
  access: { permission: objectiveManage },
  body: fields.partial().extend({ name, period: fields.shape.period }),
  reply: z.object({ id: z.string(), version: z.number() }),
  success: 201,
})

export const changeObjectiveRoute = defineRoute({
  method: 'PATCH',
  path: '/api/v1/objectives/:id',
  summary: { zh: '修改或移动战略目标', en: 'Change or move an objective' },
  access: { permission: objectiveRead },
  params,
  body: fields.partial().extend({ version }),
  reply: z.object({ id: z.string(), version: z.number() }),
})

export const deleteObjectiveRoute = defineRoute({
  method: 'DELETE',
  path: '/api/v1/objectives/:id',
  summary: { zh: '删除战略目标', en: 'Delete an objective' },
  access: { permission: objectiveManage },
  params,
})

export const linkObjectiveRoute = defineRoute({
  method: 'PUT',
  path: '/api/v1/objectives/:id/links',
  summary: { zh: '设置哪些目标服务于它', en: 'Set which targets serve it' },
  access: { permission: objectiveManage },
  params,
  body: z.object({ links: z.array(link).max(500) }),
})

export const placeObjectiveRoute = defineRoute({
  method: 'PUT',
  path: '/api/v1/objectives/:id/place',
  summary: { zh: '调整战略目标的位置', en: 'Put an objective elsewhere in the tree' },
  access: { permission: objectiveManage },
  params,
  body: z.object({
    /** Below which it stands; null: at the top. */
    parentId: z.uuid().nullable(),
    /** Before which of those beside it; null: last. */
    before: z.uuid().nullable(),
  }),
})
