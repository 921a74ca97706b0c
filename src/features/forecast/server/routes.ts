import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import * as contract from '../contract.ts'
import { showBehindSystem } from './behind-system.ts'
import { closedOfEntry } from './closed-of-entry.ts'
import { listEntries, movement, showEntry } from './history.ts'
import { listDeals } from './list-deals.ts'
import { changeSetting } from './setting-store.ts'
import { showAccuracy } from './show-accuracy.ts'
import { showForecast } from './show-forecast.ts'
import { showSystem } from './show-system.ts'
import { override, submitOwn } from './submit.ts'

export function registerForecastRoutes(app: FastifyInstance): void {
  serve(app, contract.showForecastRoute, (ctx, { query }) => showForecast(ctx, query))
  serve(app, contract.listForecastDealsRoute, (ctx, { query }) => listDeals(ctx, query))
  serve(app, contract.submitForecastRoute, (ctx, { body }) => submitOwn(ctx, body))
  serve(app, contract.overrideForecastRoute, (ctx, { body }) => override(ctx, body))
  serve(app, contract.listEntriesRoute, (ctx, { query }) => listEntries(ctx, query))
  serve(app, contract.showEntryRoute, (ctx, { params }) => showEntry(ctx, params.id))
  serve(app, contract.closedOfEntryRoute, (ctx, { params, query }) => closedOfEntry(ctx, params.id, query))
  serve(app, contract.compareEntriesRoute, (ctx, { query }) => movement(ctx, query))
  serve(app, contract.accuracyRoute, (ctx, { query }) => showAccuracy(ctx, query))
  serve(app, contract.systemForecastRoute, (ctx, { query }) => showSystem(ctx, query))
  serve(app, contract.systemBehindRoute, (ctx, { query }) => showBehindSystem(ctx, query))
  serve(app, contract.changeSettingRoute, (ctx, { body }) => changeSetting(ctx, body))
}
