import type { FieldFault } from '#base/errors.ts'
import type { Label } from '#base/label.ts'
import { exact } from '#engine/money/decimal.ts'
import type { Step } from '#platform/db/step.ts'
import type { Draft, Stored } from '#platform/records/draft.ts'
import { recordErrors } from '#platform/records/errors.ts'
import { claimsBeyond, type Claim } from '../refund-bounds.ts'
import { lockedOrders, refundsOf, type RefundedOrder } from './refund-store.ts'

const labels = {
  beyondOrder: {
    zh: '这个订单的退款合计将达到 {sum}，超过订单金额 {amount}',
    en: 'Refunds of this order would come to {sum}, more than its amount of {amount}',
  },
  beforeOrder: { zh: '不能早于下单日期（{day}）', en: 'Must not be before the order was placed ({day})' },
  otherCurrency: { zh: '退款币种须与订单一致（{currency}）', en: 'Must be the currency of the order ({currency})' },
  belowRefunds: { zh: '不能低于已退款合计 {sum}', en: 'Must not be less than what was refunded, {sum}' },
  afterRefund: { zh: '不能晚于退款日期（{day}）', en: 'Must not be after its refund of {day}' },
} satisfies Record<string, Label>

/** Refunds give back no more than their order is worth, in its currency, and not before it was placed. */
export async function checkRefunds(step: Step, drafts: readonly Draft[]): Promise<void> {
  const touched = drafts.filter(({ before, values }) =>
    ['order', 'amount', 'currency', 'refundedOn'].some((key) => before?.values[key] !== values[key]),
  )
  const orders = await lockedOrders(step, touched.flatMap(({ before, values }) => [before?.values['order'], values['order']])) // prettier-ignore
  const claims = new Map<Claim, Draft>()
  for (const draft of touched) {
    const order = orders.get(String(draft.values['order']))
    if (!order) continue
    draft.faults.push(...faultsBeside(draft, order))
    if (draft.faults.length === 0) claims.set(claimOf(draft), draft)
  }
  for (const [claim, sum] of claimsBeyond([...claims.keys()], orders)) {
    const amount = orders.get(claim.order)?.amount ?? ''
    claims.get(claim)?.faults.push(fault('amount', 'beyondOrder', { sum, amount }))
  }
}

/** A refund that comes back counts again. */
export async function checkRestoredRefund(step: Step, { id, values }: Stored): Promise<void> {
  const orders = await lockedOrders(step, [values['order']])
  const claim: Claim = { order: String(values['order']), amount: String(values['amount']), from: null }
  const sum = claimsBeyond([claim], orders).get(claim)
  const amount = orders.get(claim.order)?.amount ?? ''
  if (sum !== undefined) throw recordErrors.RECORD_INVALID({ id }, [fault('amount', 'beyondOrder', { sum, amount })])
}

/** An order whose money went back stays worth that much, in that currency, and placed before it. */
export async function checkRefundedOrders(step: Step, drafts: readonly Draft[]): Promise<void> {
  const moved = drafts.filter(
    ({ before, values }) =>
      before && ['amount', 'currency', 'orderedOn'].some((key) => before.values[key] !== values[key]),
  )
  const refunds = await refundsOf(
    step,
    moved.map(({ id }) => id),
  )
  for (const { id, before, values, faults } of moved) {
    const own = refunds.get(id)
    if (!own || !before) continue
    const isLess = exact(String(values['amount'])).lt(String(before.values['amount']))
    if (isLess && exact(own.refunded).gt(String(values['amount']))) {
      faults.push(fault('amount', 'belowRefunds', { sum: own.refunded }))
    }
    if (String(values['orderedOn']) > own.firstOn && before.values['orderedOn'] !== values['orderedOn']) {
      faults.push(fault('orderedOn', 'afterRefund', { day: own.firstOn }))
    }
    if (before.values['currency'] !== values['currency']) {
      faults.push(fault('currency', 'otherCurrency', { currency: String(before.values['currency']) }))
    }
  }
}

function faultsBeside({ before, values }: Draft, order: RefundedOrder): readonly FieldFault[] {
  const isMoved = (key: string) => before === null || [key, 'order'].some((one) => before.values[one] !== values[one])
  const faults: FieldFault[] = []
  if (isMoved('refundedOn') && String(values['refundedOn']) < order.orderedOn) {
    faults.push(fault('refundedOn', 'beforeOrder', { day: order.orderedOn }))
  }
  if (isMoved('currency') && values['currency'] !== order.currency) {
    faults.push(fault('currency', 'otherCurrency', { currency: order.currency }))
  }
  return faults
}

function claimOf({ before, values }: Draft): Claim {
  const read = (of: Readonly<Record<string, unknown>>) => ({ order: String(of['order']), amount: String(of['amount']) })
  return { ...read(values), from: before && read(before.values) }
}

function fault(field: string, code: keyof typeof labels, params: FieldFault['params']): FieldFault {
  return { field, code, label: labels[code], ...(params ? { params } : {}) }
}
