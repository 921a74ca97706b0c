import type { Day } from '#engine/calendar/day.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { asOfNow, holdStill, isValuedIn, shapeVersionIn } from '#platform/ledger/index.ts'
import { rateChanged, type Rate } from '../contract.ts'
import { currencyFaults, rateErrors, rateFaults } from '../errors.ts'
import { readRate } from '../read-rate.ts'
import {
  deleteRate,
  hasEarlierRate,
  insertRate,
  nextRateFrom,
  rateOf,
  replaceRate,
  type DatedCurrency,
} from './rate-store.ts'

/** Keeps the rate of a currency from a day on. One of the same day is replaced; what it values is computed anew. */
export async function keepRate(ctx: Ctx, on: DatedCurrency, text: string): Promise<Rate & { before: string | null }> {
  const rate = checked(ctx, on, text)
  return inStep(
    ctx,
    async (step) => {
      // A save under way still counts with the rate as it was: it ends first, and is found by what follows.
      await holdStill(step)
      const known = await rateOf(step.tx, ctx, on)
      const to = await nextRateFrom(step.tx, ctx, on)
      if (known?.rate !== rate) {
        const id = known ? await replaceRate(step, known.id, rate) : await insertRate(step, on, rate)
        follow(step, { id, on, to, before: known?.rate ?? null, after: rate })
      }
      return { ...on, rate, to, before: known?.rate ?? null }
    },
    { kind: 'rate.keep' },
  )
}

/** Removes a rate: the one before it holds on. The first of a currency stays as long as records need it. */
export async function removeRate(given: Ctx, on: DatedCurrency): Promise<void> {
  await inStep(
    given,
    async (begun) => {
      await holdStill(begun)
      // A metric made since may value by this rate.
      const step = await asOfNow(begun, await shapeVersionIn(begun.tx, given))
      const { ctx } = step
      const known = await rateOf(step.tx, ctx, on)
      if (!known) throw rateErrors.RATE_NOT_FOUND({ ...on })
      const to = await nextRateFrom(step.tx, ctx, on)
      if (!(await hasEarlierRate(step.tx, ctx, on)) && (await isValuedIn(step.tx, ctx, { ...on, to }))) {
        throw rateErrors.RATE_IN_USE({ ...on })
      }
      await deleteRate(step, known.id)
      follow(step, { id: known.id, on, to, before: known.rate, after: null })
    },
    { kind: 'rate.remove' },
  )
}

interface ChangedRate {
  readonly id: string
  readonly on: DatedCurrency
  readonly to: Day | null
  readonly before: string | null
  readonly after: string | null
}

function follow(step: Step, { id, on, to, before, after }: ChangedRate): void {
  const told = (rate: string | null) => (rate === null ? null : { ...on, rate })
  const action = after === null ? 'deleted' : before === null ? 'created' : 'updated'
  step.audit({ object: 'exchange_rate', recordId: id, action, before: told(before), after: told(after) })
  step.tell({ name: rateChanged, payload: { ...on, to } })
}

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** The rate as it is kept; throws RATE_REFUSED with every field at fault. */
function checked(ctx: Ctx, { currency }: DatedCurrency, text: string): string {
  const isBase = currency === ctx.company.currency
  const fault = isBase ? 'base' : currencies.has(currency) ? undefined : 'unknown'
  const read = readRate(text)
  const faults = [
    ...(fault ? [{ field: 'currency', code: fault, label: currencyFaults[fault], params: { currency } }] : []),
    ...(read.ok ? [] : [{ field: 'rate', code: read.reason, label: rateFaults[read.reason] }]),
  ]
  if (!read.ok || faults.length > 0) throw rateErrors.RATE_REFUSED({}, faults)
  return read.rate
}
