import { z } from 'zod'
import { isDay } from '#engine/calendar/day.ts'
import { defineRoute } from '#engine/contract/route.ts'

const day = z.string().refine(isDay, { error: 'not a date' })
const name = z.string().trim().min(1).max(60)
const byId = z.object({ id: z.uuid() })
const version = z.number().int().min(1).max(2_147_483_647)

export const structureShape = z.object({
  id: z.string(),
  key: z.string(),
  name: z.object({ zh: z.string(), en: z.string() }),
  /** The one by which results roll up unless told, and by which people see records. */
  isDefault: z.boolean(),
  /** First day on which it is no more; null: open. */
  closedOn: z.string().nullable(),
  version: z.number(),
  /** Units and people who stand in it today; none: nobody has begun it. */
  units: z.number(),
  people: z.number(),
})
export type StructureShape = z.infer<typeof structureShape>

export const structuresRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/org/structures',
  summary: { zh: '组织结构列表', en: 'Structures of the organisation' },
  access: { permission: 'org.read' },
  reply: z.object({ structures: z.array(structureShape) }),
})

export const createStructureRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/structures',
  summary: {
    zh: '新建组织结构，业绩随后在后台归入',
    en: 'Make a structure; results are credited to it in the background',
  },
  access: { permission: 'org.change' },
  body: z.object({ nameZh: name, nameEn: name, topName: name }).strict(),
  reply: z.object({ id: z.string(), key: z.string(), topId: z.string() }),
})

export const beginStructureRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/structures/:id/begin',
  summary: { zh: '启用还没有单元的组织结构', en: 'Begin a structure that has no units yet' },
  access: { permission: 'org.change' },
  params: byId,
  body: z.object({ topName: name }).strict(),
  reply: z.object({ topId: z.string() }),
})

export const changeStructureRoute = defineRoute({
  method: 'PATCH',
  path: '/api/v1/org/structures/:id',
  summary: { zh: '改组织结构的名称', en: 'Rename a structure' },
  access: { permission: 'org.change' },
  params: byId,
  body: z.object({ version, nameZh: name, nameEn: name }).strict(),
  reply: z.object({ version: z.number() }),
})

export const closeStructureRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/structures/:id/close',
  summary: { zh: '从某天起关闭组织结构，之前的日期仍可查看', en: 'Close a structure from a day on; earlier days stay' },
  access: { permission: 'org.change' },
  params: byId,
  body: z.object({ version, on: day }).strict(),
})
