import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { methodKeys } from '#engine/forecast/methods.ts'
import { planRead } from '#features/targets/contract.ts'

const label = z.object({ zh: z.string(), en: z.string() })
/** Reckoned and rounded: an amount as a decimal string. */
const figure = z.string()
const period = z.object({ key: z.string(), label, from: z.string(), to: z.string() })
const method = z.enum(methodKeys)

export const verdictShape = z.enum(['too-easy', 'challenge', 'out-of-reach'])
export const evidenceShape = z.enum(['history', 'pipeline', 'capacity', 'market', 'peers'])

/** How many percent of what comes should lie inside an interval. */
const level = z.coerce.number().int().min(50).max(99)

const pastPeriod = z.object({
  /** The calendar's word for it, or its first and last month. */
  label,
  from: z.string(),
  to: z.string(),
  actual: figure,
  forecast: figure,
  lower: figure,
  upper: figure,
  isInside: z.boolean(),
})
export type PastForecast = z.infer<typeof pastPeriod>

const methodErrors = z.object({ method, label, mase: z.number().nullable(), smape: z.number() })

const driver = z.object({
  kind: evidenceShape,
  label,
  /** Where it alone says that the period ends. */
  forecast: figure,
  lower: figure,
  upper: figure,
  /** How much it says, 0–1. */
  weight: z.number(),
  /** The chance that it alone gives the target; null without one. */
  chance: z.number().nullable(),
  /** What it rests on, with its figure and source, where that is not the ledger. */
  note: label.nullable(),
})

/** What would speak for other periods, and why it does not for this one. */
const absent = z.array(z.object({ kind: evidenceShape, label, reason: label }))
export type AbsentPart = z.infer<typeof absent>[number]

/** A base that brought so much in a month: landing = so far + each × ahead. */
const basis = z.object({
  /** What one of the base brought in a month: sum of values ÷ sum of bases. */
  each: figure,
  /** Months that had a base count, the oldest first. */
  months: z.array(
    z.object({
      key: z.string(),
      label,
      /** What the month brought. */
      value: figure,
      /** Full heads of the month. */
      base: figure,
    }),
  ),
  /** The base of what is left of the period, months added up. */
  ahead: figure,
})
export type DriverBasis = z.infer<typeof basis>

export const metricOutlookRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/metrics/:metric/outlook',
  summary: { zh: '指标走势与预测', en: 'A metric by month, with its forecast' },
  access: { permission: planRead },
  params: z.object({ metric: z.string().min(1).max(60) }),
  query: z.object({
    node: z.string().min(1).max(500).optional(),
    /** Where it should land; this fiscal year unless told. The forecast reaches its end, half a year ahead at least. */
    period: z.string().min(1).max(20).optional(),
    level: level.default(80),
  }),
  reply: z.object({
    name: z.string(),
    /** The share inside the interval, 0–1. */
    level: z.number(),
    /** Complete months, and the running one with what it has until now. */
    months: z.array(period.extend({ actual: figure.nullable(), isRunning: z.boolean() })),
    /** From the running month on; empty where nothing is known. */
    forecast: z.array(period.extend({ point: figure, lower: figure, upper: figure })),
    method: method.nullable(),
    methodLabel: label.nullable(),
    backtest: z
      .object({
        /** How many moments of the past it went back to. */
        origins: z.number(),
        mase: z.number().nullable(),
        smape: z.number().nullable(),
        /** The seasonal naive method beside it: what was a year ago. */
        naiveMase: z.number().nullable(),
        /** The share of the past inside the interval. */
        coverage: z.number().nullable(),
        methods: z.array(methodErrors),
      })
      .nullable(),
    /** Periods of the past as they would have been forecast when they began, the newest first. */
    past: z.array(pastPeriod),
    /** Where the period lands; null where it is over or nothing is known. */
    landing: z
      .object({
        period,
        actual: figure,
        forecast: figure,
        lower: figure,
        upper: figure,
        target: figure.nullable(),
        /** The chance that the target is reached, 0–1. */
        chance: z.number().nullable(),
        verdict: verdictShape.nullable(),
        /** What it rests on, what says most first. History is what the months of the forecast add up to. */
        drivers: z.array(driver.extend({ basis: basis.nullable() })),
        absent,
        /** There is no history of its own: it is borrowed from peers. */
        isBorrowed: z.boolean(),
      })
      .nullable(),
  }),
})

export const lightNames = ['specific', 'measurable', 'achievable', 'relevant', 'timeBound'] as const
export const lightNameShape = z.enum(lightNames)
export type LightName = z.infer<typeof lightNameShape>

/** good ●, watch ▲, bad ◆, unknown ○: never by colour alone. */
export const lightStates = ['good', 'watch', 'bad', 'unknown'] as const
export const lightStateShape = z.enum(lightStates)
export type LightState = z.infer<typeof lightStateShape>

const light = z.object({
  state: lightStateShape,
  reason: label,
  /** What the light rests on: a share for achievable, else a count. */
  number: z.number().nullable(),
})
export type Light = z.infer<typeof light>

const achievability = z.object({
  chance: z.number(),
  verdict: verdictShape,
  forecast: figure,
  lower: figure,
  upper: figure,
  isBorrowed: z.boolean(),
  drivers: z.array(driver),
  absent,
})

export type Driver = z.infer<typeof driver>
export type ShownChance = z.infer<typeof achievability>
export type Verdict = z.infer<typeof verdictShape>

const checkedRow = z.object({
  node: z.string(),
  kind: z.enum(['unit', 'person']),
  name: z.string(),
  tier: z.string().nullable(),
  parentId: z.string().nullable(),
  target: figure,
  lights: z.object({ specific: light, measurable: light, achievable: light, relevant: light, timeBound: light }),
  achievability: achievability.nullable(),
})
export type CheckedRow = z.infer<typeof checkedRow>

const planParams = z.object({ planId: z.uuid() })

export const planCheckRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/smart',
  summary: { zh: '目标的 SMART 检查', en: 'The SMART check of a plan' },
  access: { permission: planRead },
  params: planParams,
  query: z.object({
    /** Only rows with this light … */
    light: lightNameShape.optional(),
    /** … in this state; not good unless told. */
    state: lightStateShape.optional(),
    verdict: verdictShape.optional(),
  }),
  reply: z.object({
    /** The period that is judged: the plan's year. */
    period,
    /** Over all rows in sight, whatever was asked for. */
    counts: z.object({
      rows: z.number(),
      tooEasy: z.number(),
      challenge: z.number(),
      outOfReach: z.number(),
      unknown: z.number(),
      lights: z.record(lightNameShape, z.record(lightStateShape, z.number())),
    }),
    rows: z.array(checkedRow),
  }),
})

export const rowCheckRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/smart/:node',
  summary: { zh: '一个目标的 SMART 检查与回测', en: 'The SMART check of one target, with its back-test' },
  access: { permission: planRead },
  params: planParams.extend({ node: z.string().min(1).max(73) }),
  reply: z.object({ period, row: checkedRow, past: z.array(pastPeriod) }),
})
