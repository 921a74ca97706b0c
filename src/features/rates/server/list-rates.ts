import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import type { RatesAsked } from '../contract.ts'
import { currenciesWithRates, findRates } from './rate-store.ts'

/** A page of rates by currency, the newest first. */
export async function listRates(ctx: Ctx, asked: RatesAsked) {
  const { found, currencies } = await inView(ctx, async (tx) => ({
    found: await findRates(tx, ctx, { ...asked, limit: asked.limit + 1 }),
    currencies: await currenciesWithRates(tx, ctx),
  }))
  const rates = found.slice(0, asked.limit)
  const last = rates.at(-1)
  const after = found.length > asked.limit && last ? `${last.currency} ${last.from}` : null
  return { base: ctx.company.currency, currencies, rates, after }
}
