import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'

const label = z.object({ zh: z.string(), en: z.string() })
const figure = z.string().nullable()

const heatCell = z.object({
  actual: figure,
  target: figure,
  attainment: z.number().nullable(),
  /** What is missing, whichever way is better; negative: it is exceeded. */
  gap: figure,
  light: z.enum(['ahead', 'on-pace', 'behind', 'far-behind']).nullable(),
  reason: z.enum(['no-target', 'no-actual', 'not-begun', 'zero-target']).nullable(),
})
export type HeatCell = z.infer<typeof heatCell>

const heatRow = z.object({
  id: z.string(),
  /** Null for the node that was asked for. */
  parentId: z.string().nullable(),
  kind: z.enum(['unit', 'person']),
  name: z.string(),
  tier: z.string().nullable(),
  hasChildren: z.boolean(),
  /** One for each period; null where the node did not exist. */
  cells: z.array(heatCell.nullable()),
})
export type HeatRow = z.infer<typeof heatRow>

export const heatRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/insight/heat/:metric',
  summary: { zh: '达成热力图：组织 × 期间', en: 'Heat map of attainment: a node and those below it by period' },
  access: { permission: 'plan.read' },
  params: z.object({ metric: z.string().min(1).max(60) }),
  query: z.object({
    /** Fiscal year; this one unless told. */
    year: z.coerce.number().int().min(1990).max(2100).optional(),
    /** The node whose children are asked for; the top of what the caller sees unless told. */
    node: z.string().min(1).max(500).optional(),
  }),
  reply: z.object({
    year: z.number(),
    periods: z.array(
      z.object({ key: z.string(), label, /** Within its year. */ short: label, from: z.string(), to: z.string() }),
    ),
    /** The node, then its children. */
    rows: z.array(heatRow),
  }),
})
