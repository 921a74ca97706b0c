import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { access, amount, asked, figure, label, nodeId, note, periodKey, periodShape, sums } from './contract-shapes.ts'
import { dealsBehindShape } from './board-contract.ts'
import { forecastOverride, forecastSubmit } from './permissions.ts'

export const submitForecastRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/forecast/submissions',
  success: 201,
  summary: { zh: '提交自己的预测', en: 'Submit the own forecast' },
  access: { permission: forecastSubmit },
  body: z.strictObject({
    period: periodKey,
    /** Besides what is closed already. */
    commit: amount,
    /** Besides closed and commit. */
    bestCase: amount,
    note: note.optional(),
  }),
  reply: z.object({ id: z.string() }),
})

export const overrideForecastRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/forecast/overrides',
  success: 201,
  summary: { zh: '调整下级的预测，须说明原因', en: 'Override a forecast, with a comment' },
  access: { permission: forecastOverride },
  body: z.strictObject({
    period: periodKey,
    node: nodeId,
    /** Null: the own override is withdrawn. */
    values: z.strictObject({ commit: amount, bestCase: amount }).nullable(),
    comment: note.min(1),
  }),
  reply: z.object({ id: z.string() }),
})

const entryShape = z.object({
  id: z.string(),
  kind: z.enum(['submission', 'override', 'withdrawal']),
  period: periodShape,
  unitId: z.string().nullable(),
  unitName: z.string().nullable(),
  personId: z.string().nullable(),
  personName: z.string().nullable(),
  by: z.string(),
  byName: z.string(),
  at: z.string(),
  currency: z.string(),
  commit: figure.nullable(),
  bestCase: figure.nullable(),
  system: sums,
  note: z.string().nullable(),
})
export type ForecastEntry = z.infer<typeof entryShape>

export const listEntriesRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/forecast/submissions',
  summary: { zh: '提交与调整的历史', en: 'History of submissions and overrides' },
  access,
  query: asked.extend({
    /** `all`: of every period, also of those that the calendar no longer has. */
    periods: z.enum(['one', 'all']).default('one'),
  }),
  reply: z.object({ entries: z.array(entryShape), hasMore: z.boolean() }),
})

const heldDeal = z.object({
  id: z.string(),
  name: z.string().nullable(),
  personId: z.string(),
  stage: label,
  category: z.string(),
  amount: figure,
  expectedOn: z.string().nullable(),
})

export const showEntryRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/forecast/submissions/:id',
  summary: { zh: '一次提交，连同当时的商机', en: 'One submission with the deals as they were' },
  access,
  params: z.object({ id: z.uuid() }),
  reply: entryShape.extend({ deals: z.array(heldDeal) }),
})

export const closedOfEntryRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/forecast/submissions/:id/closed',
  summary: { zh: '一次提交所说的期间实际成交了什么', en: 'What closed in the period that an entry speaks of' },
  access,
  params: z.object({ id: z.uuid() }),
  query: z.object({ skip: z.coerce.number().int().min(0).max(1_000_000).default(0) }),
  reply: dealsBehindShape,
})

export const moveReasons = [
  'won',
  'added',
  'raised',
  'lowered',
  'upgraded',
  'downgraded',
  'moved_out',
  'lost',
  'gone',
] as const
export type MoveReason = (typeof moveReasons)[number]

export const compareEntriesRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/forecast/movement',
  summary: { zh: '两次提交之间变了什么', en: 'What moved between two submissions, or since one' },
  access,
  query: z.object({
    from: z.uuid(),
    /** The deals of now unless told. */
    to: z.uuid().optional(),
  }),
  reply: z.object({
    from: z.object({ at: z.string(), landing: figure }),
    to: z.object({ at: z.string(), landing: figure }),
    /** Parts of the change of closed + committed; they add up to it. */
    moves: z.array(
      z.object({
        reason: z.enum(moveReasons),
        amount: figure,
        deals: z.array(z.object({ id: z.string(), name: z.string().nullable(), amount: figure })),
      }),
    ),
  }),
})
