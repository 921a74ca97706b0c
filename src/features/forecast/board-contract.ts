import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import {
  access,
  asked,
  categoryKeys,
  figure,
  label,
  periodKey,
  periodShape,
  settingShape,
  sums,
  type CategorySums,
} from './contract-shapes.ts'

/** What somebody said: commit and best case besides what was closed at that moment. */
const said = z.object({
  id: z.string(),
  closed: figure,
  commit: figure,
  bestCase: figure,
  at: z.string(),
  by: z.string(),
  byName: z.string(),
  note: z.string().nullable(),
  /** It was said before the deadline that has passed since. */
  isOutdated: z.boolean(),
})
export type Said = z.infer<typeof said>

export interface ForecastNode {
  readonly id: string
  readonly kind: 'unit' | 'person'
  readonly unitId: string | null
  readonly personId: string | null
  readonly name: string
  readonly tier: string | null
  readonly headName: string | null
  readonly target: string | null
  readonly system: CategorySums
  /** Of a person. */
  readonly submission: Said | null
  /** What a leader made of it. */
  readonly override: Said | null
  /** Of what was submitted below, or by the person: overrides of the tiers below count in the place of what they cover. */
  readonly submitted: { readonly closed: string; readonly commit: string; readonly bestCase: string } | null
  /** People below who are to submit, and those who have not. */
  readonly expected: number
  readonly missing: number
  readonly canOverride: boolean
  readonly children: readonly ForecastNode[]
}

const nodeShape: z.ZodType<ForecastNode> = z
  .object({
    id: z.string(),
    kind: z.enum(['unit', 'person']),
    unitId: z.string().nullable(),
    personId: z.string().nullable(),
    name: z.string(),
    tier: z.string().nullable(),
    headName: z.string().nullable(),
    target: figure.nullable(),
    system: sums,
    submission: said.nullable(),
    override: said.nullable(),
    submitted: z.object({ closed: figure, commit: figure, bestCase: figure }).nullable(),
    expected: z.number(),
    missing: z.number(),
    canOverride: z.boolean(),
    get children() {
      return z.array(nodeShape)
    },
  })
  .meta({ id: 'ForecastNode' })

export const showForecastRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/forecast',
  summary: { zh: '一个期间的预测：逐级汇总', en: 'The forecast of a period, tier by tier' },
  access,
  query: z.object({ period: periodKey.optional() }),
  reply: z.object({
    period: periodShape,
    /** Neighbouring periods of the same kind. */
    earlier: periodShape,
    later: periodShape,
    setting: settingShape,
    currency: z.string(),
    /** The next day by which people are to submit; null when the period is over. */
    dueOn: z.string().nullable(),
    isOver: z.boolean(),
    root: nodeShape,
    /** Where the reader stands as one who submits; null: nowhere. */
    ownNode: z.string().nullable(),
    /** Open deals in reach that no period counts, because they have no expected date. */
    undated: z.number(),
    can: z.object({ submit: z.boolean(), manage: z.boolean() }),
  }),
})

const dealRow = z.object({
  id: z.string(),
  /** Null for a deal that is out of reach: a share of it counts, but it is not shown. */
  name: z.string().nullable(),
  accountName: z.string().nullable(),
  personId: z.string(),
  personName: z.string(),
  stage: label,
  category: z.enum(categoryKeys),
  /** Somebody chose the category; it does not follow the stage. */
  isByHand: z.boolean(),
  amount: figure,
  expectedOn: z.string().nullable(),
  version: z.number(),
  canChange: z.boolean(),
})
export type ForecastDealRow = z.infer<typeof dealRow>

export const dealsBehindShape = z.object({
  rows: z.array(dealRow),
  /** The figure itself, whatever is shown of its deals; what all of them add up to. */
  total: figure,
  /** Of all deals behind it. */
  count: z.number(),
  /** How many to skip for the next page; null at the end. */
  next: z.number().nullable(),
})
export type DealsBehind = z.infer<typeof dealsBehindShape>

export const listForecastDealsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/forecast/deals',
  summary: { zh: '预测数字背后的商机', en: 'Deals behind a figure of the forecast' },
  access,
  query: asked.extend({
    /** Only of this category. */
    category: z.enum(categoryKeys).optional(),
    /** Instead: open deals without an expected date. */
    undated: z.enum(['true']).optional(),
    skip: z.coerce.number().int().min(0).max(1_000_000).default(0),
  }),
  reply: dealsBehindShape,
})
