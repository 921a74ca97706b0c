import { z } from 'zod'
import { isDay } from '#engine/calendar/day.ts'
import { defineRoute } from '#engine/contract/route.ts'
import {
  attainmentReply,
  attainmentSettingsShape,
  label,
  metricKey,
  metricNodeId,
  periodKey,
} from '#features/targets/contract.ts'
import { drivers } from './driver-stories.ts'
import { attainmentManage } from './permissions.ts'
import { reasons } from './reasons.ts'

export { attainmentManage, attainmentPermissions } from './permissions.ts'
export type { Driver } from './driver-stories.ts'

const planRead = 'plan.read'
const day = z.string().refine(isDay, { error: 'not a date' })
const figure = z.string()
const metricParams = z.object({ metric: metricKey })

export const daysShownRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/attainment/:metric/days',
  summary: { zh: '保存过数字的日期', en: 'The days whose figures were kept' },
  access: { permission: planRead },
  params: metricParams,
  query: z.object({ period: periodKey.optional() }),
  reply: z.object({
    /** Newest first. */
    days: z.array(
      z.object({
        /** The day whose end it shows. */
        day: z.string(),
        isClosing: z.boolean(),
        takenAt: z.union([z.date(), z.string()]),
        /** Who closed the period by hand. */
        takenByName: z.string().nullable(),
      }),
    ),
  }),
})

export const treeAsShownRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/attainment/:metric/shown',
  summary: { zh: '某日所见的达成树', en: 'The tree of attainment as it was shown on a day' },
  access: { permission: planRead },
  params: metricParams,
  query: z.object({
    period: periodKey.optional(),
    node: metricNodeId.optional(),
    /** A day: the newest figures kept at its end or before; or `closing`. */
    on: z.union([day, z.literal('closing')]),
  }),
  reply: attainmentReply.extend({
    shown: z.object({
      /** The day whose end it shows. */
      on: z.string(),
      takenAt: z.union([z.date(), z.string()]),
      isClosing: z.boolean(),
      takenByName: z.string().nullable(),
      metricVersion: z.number(),
      planVersion: z.number().nullable(),
    }),
  }),
})

const changesQuery = z.object({
  period: periodKey.optional(),
  node: metricNodeId.optional(),
  /** The day whose end is compared from; a week ago unless told. */
  since: day.optional(),
  /** The day whose end is compared to; now unless told. */
  until: day.optional(),
})

const end = z.object({
  /** The day whose end it is; null: now. */
  on: z.string().nullable(),
  actual: figure,
})

export const reasonShape = z.enum(reasons)

export const whatChangedRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/attainment/:metric/changes',
  summary: { zh: '这段时间变了什么，按原因', en: 'What changed between two days, by reason' },
  access: { permission: planRead },
  params: metricParams,
  query: changesQuery,
  reply: z.object({
    since: end,
    until: end,
    difference: figure,
    /** They sum to the difference. */
    parts: z.array(z.object({ reason: reasonShape, amount: figure, records: z.number() })),
  }),
})

const side = z.array(
  z.object({
    day: z.string().nullable(),
    /** What counts for the person, in the base currency or as a count. */
    value: z.string().nullable(),
    currency: z.string().nullable(),
    /** The same in the record's own currency. */
    amount: z.string().nullable(),
    personName: z.string().nullable(),
    unitName: z.string().nullable(),
    /** It lies where the caller does not see: nothing else is told. */
    isOut: z.boolean(),
  }),
)

export const recordsOfReasonRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/attainment/:metric/changes/records',
  summary: { zh: '某个原因背后的记录，变化前后', en: 'The records behind one reason, before and after' },
  access: { permission: planRead },
  params: metricParams,
  query: changesQuery.extend({
    reason: reasonShape,
    skip: z.coerce.number().int().min(0).max(1_000_000).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({
    rows: z.array(
      z.object({
        object: z.string(),
        /** Null where the record left what the caller sees. */
        recordId: z.string().nullable(),
        title: z.string().nullable(),
        /** Its part of the difference. */
        amount: figure,
        before: side,
        after: side,
      }),
    ),
    /** The part of the difference, over all pages. */
    total: figure,
    count: z.number(),
    next: z.number().nullable(),
  }),
})

const dividedSide = z.object({
  metric: z.string(),
  driver: z.enum(drivers),
  unit: z.enum(['money', 'count', 'percent', 'days']),
  /** Null where the rate of the other end stands in. */
  base: figure.nullable(),
  actual: figure.nullable(),
})

export const gapDriversRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/attainment/:metric/drivers',
  summary: { zh: '缺口分解到因素', en: 'A gap taken apart by its drivers' },
  access: { permission: planRead },
  params: metricParams,
  query: z.object({
    period: periodKey.optional(),
    node: metricNodeId.optional(),
    /** `plan`, or the key of a period to compare with; the plan where there is one, else the year before. */
    against: z.union([z.literal('plan'), periodKey]).optional(),
    /** Figures roll up by the default structure unless another is named. */
    structure: z.string().max(40).optional(),
    /** Whether a number of deals is taken apart further, into deals in work and their cycle. */
    velocity: z.enum(['yes', 'no']).default('no'),
  }),
  reply: z.object({
    against: z.enum(['plan', 'period']),
    /** The period whose rates stand for the plan, or that is compared with. */
    basePeriod: z.string(),
    basePeriodLabel: label,
    /** The last day of the base period that counts, as far into it as today is into the other; null: all of it. */
    baseUntil: z.string().nullable(),
    /** What was to be reached, or what the base brought. */
    base: figure,
    /** What of it is due by now: the drivers explain due − actual, the part `toCome` the rest. */
    due: figure,
    actual: figure,
    /** Base − actual: the parts sum to it. */
    gap: figure,
    parts: z.array(
      z.object({
        driver: z.enum(drivers),
        unit: z.enum(['money', 'count', 'percent', 'days']),
        base: z.string().nullable(),
        actual: z.string().nullable(),
        /** How much of the gap it explains; negative: it helps. */
        amount: figure,
        /** The metric whose records stand behind it. */
        metric: z.string(),
        /** Of a rate: what it divides; the metric's figure is the side, but for the number of deals closed. */
        divided: z.object({ over: dividedSide, under: dividedSide }).nullable(),
      }),
    ),
  }),
})

export const showSettingsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/attainment/settings',
  summary: { zh: '达成设置', en: 'Settings of attainment' },
  access: { permission: planRead },
  reply: z.object({ settings: attainmentSettingsShape, version: z.number(), canChange: z.boolean() }),
})

export const changeSettingsRoute = defineRoute({
  method: 'PUT',
  path: '/api/v1/attainment/settings',
  summary: { zh: '修改达成设置', en: 'Change the settings of attainment' },
  access: { permission: attainmentManage },
  body: z.strictObject({ settings: attainmentSettingsShape, version: z.number().int().min(0) }),
  reply: z.object({ settings: attainmentSettingsShape, version: z.number() }),
})

export const closePeriodRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/attainment/closings',
  summary: { zh: '期间关账：永久保存数字', en: 'Close a period: keep its figures for good' },
  access: { permission: attainmentManage },
  body: z.strictObject({ period: periodKey, metric: metricKey.optional() }),
  reply: z.object({ metrics: z.array(z.string()) }),
})
