import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import { registerGiven } from '#platform/ledger/index.ts'
import { registerMetric } from '#platform/ledger/registry.ts'
import * as contract from '../contract.ts'
import { marketMetrics } from '../metrics.ts'
import { keepSizes, removeSize, setTerritory, showMarket } from './keep-market.ts'
import { marketSizesOfUnits } from './market-sizes.ts'

export { keepSizes, setTerritory } from './keep-market.ts'
export { marketBehind, marketSizeOf } from './market-sizes.ts'
export { marketSources } from './market-store.ts'

/** Puts market size and share into the engines. */
export function registerMarket(): void {
  registerMetric(...marketMetrics)
  registerGiven('market_size', marketSizesOfUnits)
}

export function registerMarketRoutes(app: FastifyInstance): void {
  serve(app, contract.showMarketRoute, (ctx) => showMarket(ctx))
  serve(app, contract.keepSizesRoute, (ctx, { body }) => keepSizes(ctx, body.sizes))
  serve(app, contract.removeSizeRoute, (ctx, { params }) => removeSize(ctx, params.id))
  serve(app, contract.setTerritoryRoute, (ctx, { params, body }) => setTerritory(ctx, params.unit, body))
}
