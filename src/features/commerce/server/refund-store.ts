import { sql } from 'kysely'
import type { Step } from '#platform/db/step.ts'
import type { OrderTotals } from '../refund-bounds.ts'

export interface RefundedOrder extends OrderTotals {
  readonly orderedOn: string
  readonly currency: string
}

/** Orders with what was refunded of them, locked: whoever refunds the same order waits and counts this one too. */
export async function lockedOrders(
  step: Step,
  wanted: readonly unknown[],
): Promise<ReadonlyMap<string, RefundedOrder>> {
  const ids = [...new Set(wanted)].filter((id) => typeof id === 'string')
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Omit<RefundedOrder, 'refunded'> & { id: string }>`
    select t.id, trim_scale(t.amount)::text as amount, t.ordered_on::text as "orderedOn", t.currency from sales_order t
    where t.company_id = ${step.ctx.company.id} and t.id = any(${ids}::uuid[]) and t.deleted_at is null
    order by t.id for no key update of t`.execute(step.tx)
  // A statement of its own: it sees what was committed while this one waited.
  const refunds = await refundsOf(step, ids)
  return new Map(rows.map(({ id, ...order }) => [id, { ...order, refunded: refunds.get(id)?.refunded ?? '0' }]))
}

/** Sum and first day of the living refunds per order. */
export async function refundsOf(
  step: Step,
  orders: readonly string[],
): Promise<ReadonlyMap<string, { readonly refunded: string; readonly firstOn: string }>> {
  if (orders.length === 0) return new Map()
  const { rows } = await sql<{ id: string; refunded: string; firstOn: string }>`
    select order_id as id, trim_scale(sum(amount))::text as refunded, min(refunded_on)::text as "firstOn" from refund
    where company_id = ${step.ctx.company.id} and order_id = any(${orders}::uuid[]) and deleted_at is null
    group by order_id`.execute(step.tx)
  return new Map(rows.map(({ id, ...refunds }) => [id, refunds]))
}
