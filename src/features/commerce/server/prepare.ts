import { sql } from 'kysely'
import { exact } from '#engine/money/decimal.ts'
import type { Step } from '#platform/db/step.ts'
import type { Draft } from '#platform/records/draft.ts'

/** A product is on sale unless somebody says otherwise. */
export async function prepareProducts(_step: Step, drafts: readonly Draft[]): Promise<void> {
  for (const draft of drafts) draft.values['active'] ??= true
}

/** An order counts as confirmed, in the company's currency, unless it says otherwise. */
export async function prepareOrders(step: Step, drafts: readonly Draft[]): Promise<void> {
  for (const draft of drafts) {
    draft.values['currency'] ??= step.ctx.company.currency
    draft.values['status'] ??= 'confirmed'
  }
}

interface OrderFacts {
  readonly id: string
  readonly account_id: string | null
  readonly owner_id: string | null
  readonly currency: string
  readonly amount: string | null
  readonly cost: string | null
}

/** Payments and refunds take customer, owner and currency from their order where nothing else is said. */
export async function takeFromOrder(step: Step, drafts: readonly Draft[]): Promise<void> {
  const ids = [...new Set(drafts.map((draft) => draft.values['order']))].filter((id) => typeof id === 'string')
  const { rows } = await sql<OrderFacts>`
    select id, account_id, owner_id, currency, amount, cost from sales_order
    where company_id = ${step.ctx.company.id} and id = any(${ids}::uuid[])`.execute(step.tx)
  const orders = new Map(rows.map((row) => [row.id, row]))
  for (const draft of drafts) {
    const from = orders.get(String(draft.values['order']))
    draft.values['currency'] ??= from?.currency ?? step.ctx.company.currency
    if (draft.before) continue
    if (draft.object.key === 'payment') draft.values['account'] ??= from?.account_id ?? null
    if (draft.object.key === 'refund') draft.values['cost'] ??= costTakenBack(draft, from)
    if (!('ownerId' in draft.given)) draft.values['ownerId'] = from?.owner_id ?? draft.values['ownerId']
  }
}

/** As much of the order's cost as of its amount comes back; unknown where the cost of the order is. */
function costTakenBack({ values }: Draft, order: OrderFacts | undefined): string | null {
  const [amount, cost] = [order?.amount ?? '0', order?.cost ?? null]
  if (cost === null || typeof values['amount'] !== 'string' || exact(amount).isZero()) return null
  return exact(cost).times(values['amount']).div(amount).toDecimalPlaces(4).toFixed()
}
