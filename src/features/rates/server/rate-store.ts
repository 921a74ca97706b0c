import { sql } from 'kysely'
import type { Day } from '#engine/calendar/day.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import type { Rate, RatesAsked } from '../contract.ts'

/** A currency and the first day of one of its rates: names one rate. */
export interface DatedCurrency {
  readonly currency: string
  readonly from: Day
}

interface KnownRate {
  readonly id: string
  readonly rate: string
}

const nextFrom = sql`(
  select min(n.from_day) from exchange_rate n
  where n.company_id = x.company_id and n.currency = x.currency and n.from_day > x.from_day)`

const rateText = sql`trim_scale(x.rate)::text`

export async function findRates(tx: Tx, ctx: Ctx, asked: RatesAsked): Promise<Rate[]> {
  const { currency, on, after, limit } = asked
  const [afterCurrency, afterDay] = after?.split(' ') ?? []
  const { rows } = await sql<Rate>`
    select x.currency, x.from_day as "from", ${nextFrom} as "to", ${rateText} as rate from exchange_rate x
    where x.company_id = ${ctx.company.id}
      ${currency ? sql`and x.currency = ${currency}` : sql``}
      ${on ? sql`and x.from_day <= ${on}::date and coalesce(${nextFrom} > ${on}::date, true)` : sql``}
      ${
        after
          ? sql`and (x.currency > ${afterCurrency} or (x.currency = ${afterCurrency} and x.from_day < ${afterDay}::date))`
          : sql``
      }
    order by x.currency, x.from_day desc limit ${limit}`.execute(tx)
  return rows
}

export async function currenciesWithRates(tx: Tx, ctx: Ctx): Promise<string[]> {
  const { rows } = await sql<{ currency: string }>`
    select distinct currency from exchange_rate where company_id = ${ctx.company.id} order by currency`.execute(tx)
  return rows.map((row) => row.currency)
}

/** The rate that begins on exactly this day. */
export async function rateOf(tx: Tx, ctx: Ctx, { currency, from }: DatedCurrency): Promise<KnownRate | undefined> {
  const { rows } = await sql<KnownRate>`
    select x.id, ${rateText} as rate from exchange_rate x
    where x.company_id = ${ctx.company.id} and x.currency = ${currency} and x.from_day = ${from}::date`.execute(tx)
  return rows[0]
}

/** When the rate that begins on this day ends, whether it is there or not; null: never. */
export async function nextRateFrom(tx: Tx, ctx: Ctx, { currency, from }: DatedCurrency): Promise<Day | null> {
  const { rows } = await sql<{ day: Day | null }>`
    select min(from_day) as day from exchange_rate
    where company_id = ${ctx.company.id} and currency = ${currency} and from_day > ${from}::date`.execute(tx)
  return rows[0]?.day ?? null
}

export async function hasEarlierRate(tx: Tx, ctx: Ctx, { currency, from }: DatedCurrency): Promise<boolean> {
  const { rows } = await sql`
    select from exchange_rate
    where company_id = ${ctx.company.id} and currency = ${currency} and from_day < ${from}::date limit 1`.execute(tx)
  return rows.length > 0
}

export async function insertRate(step: Step, { currency, from }: DatedCurrency, rate: string): Promise<string> {
  const id = newId()
  await sql`
    insert into exchange_rate (company_id, id, currency, from_day, rate)
    values (${step.ctx.company.id}, ${id}, ${currency}, ${from}::date, ${rate}::numeric)`.execute(step.tx)
  return id
}

export async function replaceRate(step: Step, id: string, rate: string): Promise<string> {
  await sql`
    update exchange_rate set rate = ${rate}::numeric where company_id = ${step.ctx.company.id} and id = ${id}`.execute(
    step.tx,
  )
  return id
}

export async function deleteRate(step: Step, id: string): Promise<void> {
  await sql`delete from exchange_rate where company_id = ${step.ctx.company.id} and id = ${id}`.execute(step.tx)
}
