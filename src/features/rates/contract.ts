import { z } from 'zod'
import { isDay } from '#engine/calendar/day.ts'
import { defineRoute } from '#engine/contract/route.ts'
import type { Permission } from '#engine/policy/role.ts'

export const rateManage = 'rate.manage'

export const ratePermissions: readonly Permission[] = [
  {
    key: rateManage,
    label: { zh: '管理汇率', en: 'Manage exchange rates' },
    roles: ['administrator', 'operations'],
  },
]

/** Told in the transaction of the change, with the currency and the days `[from, to)` that have another rate now. */
export const rateChanged = 'rate.changed'

const day = z.string().refine(isDay, { error: 'not a date' })
const currency = z.string().regex(/^[A-Z]{3}$/)
const access = { permission: rateManage }

const rate = z.object({
  currency: z.string(),
  /** The first day of the rate. */
  from: z.string(),
  /** The first day of the next rate; null: it holds until further notice. */
  to: z.string().nullable(),
  /** One unit of the currency in the base currency, a decimal such as `7.1`. */
  rate: z.string(),
})
export type Rate = z.infer<typeof rate>

const listed = z.object({
  currency: currency.optional(),
  /** Only the rates that hold on this day. */
  on: day.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  /** Where the page before ended. */
  after: z
    .string()
    .regex(/^[A-Z]{3} \d{4}-\d{2}-\d{2}$/)
    .refine((text) => isDay(text.slice(4)))
    .optional(),
})
export type RatesAsked = z.output<typeof listed>

export const listRatesRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/rates',
  summary: { zh: '汇率，按币种和日期', en: 'Exchange rates by currency, the newest first' },
  access,
  query: listed,
  reply: z.object({
    /** The company's own currency. */
    base: z.string(),
    /** Every currency that has a rate. */
    currencies: z.array(z.string()),
    rates: z.array(rate),
    after: z.string().nullable(),
  }),
})

const byDay = z.object({ currency, from: day })

export const keepRateRoute = defineRoute({
  method: 'PUT',
  path: '/api/v1/rates/:currency/:from',
  summary: {
    zh: '填写某币种从某天起的汇率；同一天已有的被替换',
    en: 'Keep the rate of a currency from a day on; one of the same day is replaced',
  },
  access,
  params: byDay,
  body: z.object({ rate: z.string().max(40) }).strict(),
  reply: rate.extend({
    /** The rate of that day before; null: there was none. */
    before: z.string().nullable(),
  }),
})

export const removeRateRoute = defineRoute({
  method: 'DELETE',
  path: '/api/v1/rates/:currency/:from',
  summary: { zh: '删除某天起的汇率', en: 'Remove the rate that begins on a day' },
  access,
  params: byDay,
})
