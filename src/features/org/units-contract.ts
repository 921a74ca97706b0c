import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { roleKey } from '#engine/contract/role-key.ts'
import { byId, day, id, name, openDay, seenVersion, shortText, structureKey } from './contract-shapes.ts'

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
