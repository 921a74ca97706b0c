import { z } from 'zod'
import { defineRoute, tableFiles } from '#engine/contract/route.ts'
import { byId, day, id, structureKey } from './contract-shapes.ts'

export { calendarManage, orgPermissions } from './permissions.ts'
export * from './assignments-contract.ts'
export * from './people-contract.ts'
export * from './structures-contract.ts'
export * from './units-contract.ts'

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
