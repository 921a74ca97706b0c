import type { FastifyInstance } from 'fastify'
import { inStructure } from '#features/org/server/index.ts'
import { serve } from '#platform/http/serve.ts'
import * as contract from '../contract.ts'
import { recordsOfReason } from './changed-records.ts'
import { whatChanged } from './changes.ts'
import { closePeriod } from './close-period.ts'
import { gapDrivers } from './gap-drivers.ts'
import { changeSettings, showSettings } from './settings.ts'
import { daysShown, treeAsShown } from './show-tree.ts'

export function registerAttainmentRoutes(app: FastifyInstance): void {
  serve(app, contract.showSettingsRoute, showSettings)
  serve(app, contract.changeSettingsRoute, (ctx, { body }) => changeSettings(ctx, body))
  serve(app, contract.closePeriodRoute, (ctx, { body }) => closePeriod(ctx, body))
  serve(app, contract.daysShownRoute, (ctx, { params, query }) => daysShown(ctx, params.metric, query))
  serve(app, contract.treeAsShownRoute, (ctx, { params, query }) => treeAsShown(ctx, params.metric, query))
  serve(app, contract.whatChangedRoute, (ctx, { params, query }) => whatChanged(ctx, params.metric, query))
  serve(app, contract.recordsOfReasonRoute, (ctx, { params, query }) => recordsOfReason(ctx, params.metric, query))
  serve(app, contract.gapDriversRoute, async (ctx, { params, query }) =>
    gapDrivers(await inStructure(ctx, query.structure), params.metric, query),
  )
}
