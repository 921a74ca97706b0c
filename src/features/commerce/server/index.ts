import { oneOf } from '#engine/query/filter.ts'
import { registerMetric } from '#platform/ledger/registry.ts'
import { registerObject } from '#platform/records/registry.ts'
import { commerceMetrics } from '../metrics.ts'
import { order, payment, product, refund } from '../objects.ts'
import { checkRefundedOrders, checkRefunds, checkRestoredRefund } from './check-refunds.ts'
import { prepareOrders, prepareProducts, takeFromOrder } from './prepare.ts'

/** Puts products, orders, payments, refunds and their metrics into the engines. */
export function registerCommerce(): void {
  registerObject(product, { prepare: prepareProducts })
  registerObject(order, {
    prepare: prepareOrders,
    check: checkRefundedOrders,
    settled: oneOf('status', ['confirmed', 'cancelled']),
  })
  registerObject(payment, { prepare: takeFromOrder })
  registerObject(refund, {
    prepare: takeFromOrder,
    check: checkRefunds,
    together: ['order'],
    restoring: checkRestoredRefund,
  })
  registerMetric(...commerceMetrics)
}
