import { z } from 'zod'
import { isDay } from '#engine/calendar/day.ts'
import { defineRoute } from '#engine/contract/route.ts'
import type { Permission } from '#engine/policy/role.ts'

export const marketManage = 'market.manage'

export const marketPermissions: readonly Permission[] = [
  {
    key: marketManage,
    label: { zh: '管理市场规模', en: 'Manage market sizes' },
    roles: ['administrator', 'operations'],
  },
]

/** Told when sizes or a territory changed: market shares are read anew. */
export const marketChanged = 'market.changed'

const access = { permission: marketManage }
const day = z.string().refine(isDay, { error: 'not a date' })
const confidence = z.enum(['low', 'medium', 'high'])

const shownSize = z.object({
  id: z.string(),
  /** Code; null: everywhere. */
  region: z.string().nullable(),
  regionName: z.string(),
  /** Null: all industries. */
  industry: z.string().nullable(),
  /** `[from, to)` */
  from: z.string(),
  to: z.string(),
  amount: z.string(),
  currency: z.string(),
  source: z.string(),
  toldOn: z.string(),
  confidence,
})
export type ShownSize = z.infer<typeof shownSize>

/** Who told the market of a node and period. */
export const marketBehindShape = z.object({
  /**
   * Why it is not known: nobody said what the node covers, a part of it or of the days is not told, sizes overlap in a part
   * that nobody knows, or an amount has no rate. Null: it is known.
   */
  unknown: z.enum(['territory', 'untold', 'crossing', 'unvalued']).nullable(),
  /** `counted`: how much of it counts, in the base currency; null while the whole is not known. */
  sizes: z.array(shownSize.extend({ counted: z.string().nullable() })),
})
export type MarketBehind = z.infer<typeof marketBehindShape>

const shownTerritory = z.object({
  unitId: z.string(),
  name: z.string(),
  regions: z.array(z.object({ code: z.string(), name: z.string() })),
  industries: z.array(z.string()),
})
export type ShownTerritory = z.infer<typeof shownTerritory>

const givenSize = z.strictObject({
  /** As people write it, or its code; empty: everywhere. */
  region: z.string().max(100).default(''),
  industry: z.string().max(100).default(''),
  from: day,
  to: day,
  amount: z.string().max(30),
  currency: z.string().max(3).default(''),
  source: z.string().min(1).max(200),
  toldOn: day,
  confidence,
})
export type GivenSize = z.infer<typeof givenSize>

export const showMarketRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/market',
  summary: { zh: '市场规模和各单元的区域', en: 'Market sizes, and the territory of each unit' },
  access,
  reply: z.object({ sizes: z.array(shownSize), territories: z.array(shownTerritory) }),
})

export const keepSizesRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/market/sizes',
  summary: {
    zh: '保存市场规模；同一地区、行业和起始日的被替换',
    en: 'Keep market sizes; one of the same region, industry and first day is replaced',
  },
  access,
  body: z.strictObject({ sizes: z.array(givenSize).min(1).max(1000) }),
  reply: z.object({ kept: z.number() }),
})

export const removeSizeRoute = defineRoute({
  method: 'DELETE',
  path: '/api/v1/market/sizes/:id',
  summary: { zh: '删除一条市场规模', en: 'Delete a market size' },
  access,
  params: z.strictObject({ id: z.string() }),
})

export const setTerritoryRoute = defineRoute({
  method: 'PUT',
  path: '/api/v1/market/territories/:unit',
  summary: { zh: '设置单元负责的地区和行业', en: 'Set the regions and industries of a unit' },
  access,
  params: z.strictObject({ unit: z.string() }),
  body: z.strictObject({
    /** As people write them, or codes. */
    regions: z.array(z.string().max(100)).max(400),
    industries: z.array(z.string().min(1).max(100)).max(200),
  }),
  reply: shownTerritory,
})
