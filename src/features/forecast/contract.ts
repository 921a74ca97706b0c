import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { forecastManage, forecastOverride, forecastRead, forecastSubmit } from './permissions.ts'

export { forecastErrors } from './errors.ts'
export { forecastPermissions } from './permissions.ts'

/** A decimal string to the cent; never negative. */
const amount = z.string().regex(/^\d{1,12}(\.\d{1,2})?$/)
const figure = z.string()
const label = z.object({ zh: z.string(), en: z.string() })
const periodKey = z.string().min(1).max(20)
const nodeId = z.string().min(1).max(500)
const note = z.string().trim().max(1000)
const asked = z.object({
  /** The current period of the company's kind unless told. */
  period: periodKey.optional(),
  /** A unit, or a person in a unit as `unit.person`; the topmost in reach unless told. */
  node: nodeId.optional(),
})

/** How a deal counts: all open ones and what is closed. */
export const categoryKeys = ['closed', 'committed', 'best_case', 'pipeline', 'omitted'] as const
export type CategoryKey = (typeof categoryKeys)[number]

const periodShape = z.object({ key: periodKey, kind: z.string(), label, from: z.string(), to: z.string() })
export type PeriodOfForecast = z.infer<typeof periodShape>

const settingShape = z.object({
  periodKind: z.enum(['month', 'quarter']),
  dueEvery: z.enum(['week', 'period']),
  /** Day of the week, 1 = Monday, or day of the period. */
  dueOn: z.number().int().min(1).max(31),
})
export type ForecastSetting = z.infer<typeof settingShape>

/** Amounts by category, each by itself; cumulative ones are sums of these. */
const sums = z.object({
  closed: figure,
  committed: figure,
  bestCase: figure,
  pipeline: figure,
  omitted: figure,
})
export type CategorySums = z.infer<typeof sums>

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

const access = { permission: forecastRead } as const

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

const dealsBehindShape = z.object({
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

const errorShape = z.object({
  /** (Said − closed) ÷ closed over all periods; null where nothing closed. */
  bias: z.number().nullable(),
  /** Mean of |said − closed| ÷ closed over periods in which something closed. */
  mape: z.number().nullable(),
  /** Periods that are over and for which something had been said by then. */
  cases: z.number(),
  /** Of these the ones in which nothing closed. */
  withoutResult: z.number(),
})
/** At the beginning of a period, and so many days before its end. */
export const markKeys = ['begin', 't90', 't30', 't7'] as const
export type MarkKey = (typeof markKeys)[number]
const markOf = z.object({ commit: errorShape, bestCase: errorShape })

/** What stood at a mark, as landings: closed when it was said + commit, and + best case. */
const wordOf = z.object({ entry: z.string(), at: z.string(), commit: figure, bestCase: figure }).nullable()

export const accuracyRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/forecast/accuracy',
  summary: { zh: '每个提交人的准确度', en: 'How accurate each submitter was' },
  access,
  query: z.object({ periods: z.coerce.number().int().min(1).max(24).default(8) }),
  reply: z.object({
    submitters: z.array(
      z.object({
        personId: z.string(),
        name: z.string(),
        /** Whose number it was: the own one, or a unit's or somebody else's that was overridden. */
        subject: z.string(),
        isOwn: z.boolean(),
        marks: z.object({ begin: markOf, t90: markOf, t30: markOf, t7: markOf }),
        /** Every period in which something was said, as it was kept, beside what closed; the oldest first. */
        periods: z.array(
          z.object({
            period: periodShape,
            closed: figure,
            /** The newest entry of the period: what closed is opened by it. */
            entry: z.string(),
            words: z.object({ begin: wordOf, t90: wordOf, t30: wordOf, t7: wordOf }),
          }),
        ),
      }),
    ),
  }),
})

export const systemForecastRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/forecast/system',
  summary: { zh: '系统预测与区间', en: 'The forecast of the system with its interval' },
  access,
  query: asked,
  reply: z.object({
    /** Rounded to the cent; statistics, not bookkeeping. */
    closed: figure,
    open: figure,
    /** Open deals that count; the largest of them are in `deals`. */
    openDeals: z.number(),
    unseen: figure,
    expected: figure,
    /** Between them the period ends in eight of ten cases. */
    low: figure,
    high: figure,
    target: figure.nullable(),
    /** Closed deals that it learned from, and how the stages of the company fare: told to who sees the whole company. */
    closedDeals: z.number().nullable(),
    stages: z.array(
      z.object({ id: z.string(), stage: label, stated: z.number(), calibrated: z.number(), deals: z.number() }),
    ),
    deals: z.array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        amount: figure,
        win: z.number(),
        inside: z.number(),
        expected: figure,
      }),
    ),
    backTest: z.object({
      /** With as many days left as now; without those of which too little was known by then. */
      periods: z.array(
        z.object({
          period: periodShape,
          expected: figure,
          low: figure,
          high: figure,
          actual: figure,
          isInside: z.boolean(),
        }),
      ),
      coverage: z.number().nullable(),
      mape: z.number().nullable(),
      bias: z.number().nullable(),
    }),
  }),
})
export type SystemForecast = z.infer<NonNullable<typeof systemForecastRoute.reply>>

/** Why deals say nothing of a period: too little is learned, none is open, or open ones are a small part of what is to come. */
export type DealsAbsent = 'too-few-closed' | 'none-open' | 'too-far'

/** What of the system's forecast is opened: its open deals, what unseen ones were reckoned from, what a stage taught. */
export const behindSystem = ['open', 'unseen', 'stage'] as const
export type BehindSystem = (typeof behindSystem)[number]

export const systemBehindRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/forecast/system/behind',
  summary: { zh: '系统预测数字背后的商机与算法', en: 'Deals and reckoning behind a figure of the system forecast' },
  access,
  query: asked.extend({
    of: z.enum(behindSystem),
    /** Whose closed deals, where a stage is opened. */
    stage: z.uuid().optional(),
    skip: z.coerce.number().int().min(0).max(1_000_000).default(0),
  }),
  reply: z.object({
    /** The figure itself. Open: what all deals count together. Unseen: the product of what it was reckoned from. */
    total: figure.nullable(),
    /** amount × win × inside × this is what an open deal counts. */
    adjustment: z.number().nullable(),
    coming: z
      .object({
        /** Won in a day, on the average until now. */
        perDay: figure,
        /** Days of the period that are left. */
        days: z.number(),
        /** Of what is won in so many days, the share that nobody knew as they began, 0–1. */
        share: z.number(),
        /** What such forecasts are multiplied by, as they did before. */
        factor: z.number(),
      })
      .nullable(),
    rows: z.array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        amount: figure,
        /** When it closed; null for an open one. */
        closedOn: z.string().nullable(),
        won: z.boolean().nullable(),
        win: z.number().nullable(),
        inside: z.number().nullable(),
        /** The chance that it was not known when such a rest of a period began. */
        unknown: z.number().nullable(),
        /** What it counts. */
        counts: figure.nullable(),
      }),
    ),
    /** Of all deals in reach behind it. */
    count: z.number(),
    /** Deals of others that taught as well: how many there are is told to who sees the whole company. */
    hidden: z.number().nullable(),
    /** Of very many open deals an even sample is reckoned with: each row stands for so many, and their sum for `total`. */
    weight: z.number(),
    next: z.number().nullable(),
  }),
})
export type SystemBehind = z.infer<NonNullable<typeof systemBehindRoute.reply>>

export const changeSettingRoute = defineRoute({
  method: 'PUT',
  path: '/api/v1/forecast/setting',
  summary: { zh: '设置预测周期与截止日', en: 'Set the periods and the deadline' },
  access: { permission: forecastManage },
  body: settingShape.refine(({ dueEvery, dueOn }) => dueEvery === 'period' || dueOn <= 7, { path: ['dueOn'] }),
  reply: settingShape,
})
