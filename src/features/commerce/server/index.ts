import { registerMetric } from '#platform/ledger/registry.ts'
import { registerObject } from '#platform/records/registry.ts'
import { commerceMetrics } from '../metrics.ts'
import { order, payment, product, refund } from '../objects.ts'
import { prepareOrders, prepareProducts, takeFromOrder } from './prepare.ts'

/** Puts products, orders, payments, refunds and their metrics into the engines. */
export function registerCommerce(): void {
  registerObject(product, { prepare: prepareProducts })
  registerObject(order, { prepare: prepareOrders })
  registerObject(payment, { prepare: takeFromOrder })
  registerObject(refund, { prepare: takeFromOrder })
  registerMetric(...commerceMetrics)
}
