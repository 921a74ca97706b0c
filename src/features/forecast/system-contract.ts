import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { access, asked, figure, label, periodShape } from './contract-shapes.ts'

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
    /** amount × win × inside × this is what an open deal counts. */
    adjustment: z.number(),
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

/** What of the system's forecast is opened: its open deals, what unseen ones were reckoned from, the won deals of
 * the year that the pace is of, what a stage taught. */
export const systemParts = ['open', 'unseen', 'pace', 'stage'] as const
export type SystemPart = (typeof systemParts)[number]

export const systemBehindRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/forecast/system/behind',
  summary: { zh: '系统预测数字背后的商机与算法', en: 'Deals and reckoning behind a figure of the system forecast' },
  access,
  query: asked
    .extend({
      of: z.enum(systemParts),
      /** Whose closed deals, where a stage is opened. */
      stage: z.uuid().optional(),
      skip: z.coerce.number().int().min(0).max(1_000_000).default(0),
    })
    .refine(({ of, stage }) => of !== 'stage' || stage !== undefined, { path: ['stage'] }),
  reply: z.object({
    /** The figure itself. Open: what all deals count together. Unseen: the product of what it was reckoned from. Pace: what was won. */
    total: figure.nullable(),
    /** amount × win × inside × this is what an open deal counts. */
    adjustment: z.number().nullable(),
    coming: z
      .object({
        /** Won in a day, on the average of `since`: up to a year until today. */
        perDay: figure,
        since: z.object({ from: z.string(), to: z.string() }),
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
        /** Of an open deal in sight: where it stands, and what it states itself of its chance, 0–1. */
        stage: label.nullable(),
        stated: z.number().nullable(),
        expectedOn: z.string().nullable(),
        accountName: z.string().nullable(),
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
