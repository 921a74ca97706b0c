import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import { uploaded } from '#platform/http/uploaded.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { metricsInSight } from '#platform/ledger/index.ts'
import { fileTypes } from '#platform/transfer/sheet-writer.ts'
import * as contract from '../contract.ts'
import { targetErrors } from '../contract.ts'
import { attainmentTree } from './attainment.ts'
import { monthlySeries, recordsBehind } from './behind-figure.ts'
import { createPlan } from './create-plan.ts'
import { listPeriods } from './periods.ts'
import { previewCascade } from './preview-cascade.ts'
import { deletePlan } from './delete-plan.ts'
import { movePlan } from './move-plan.ts'
import { servePath } from './path-routes.ts'
import { refreshPlan } from './refresh-plan.ts'
import { listRevisions, showRevision } from './revisions.ts'
import { savePlan } from './save-plan.ts'
import { exportSheet, previewSheet } from './sheet.ts'
import { previewSheetFile, sheetAsFile } from './sheet-file.ts'
import { listPlans, showPlan } from './show-plan.ts'

export function registerTargetRoutes(app: FastifyInstance): void {
  servePlans(app)
  servePath(app)
  serveSheets(app)
  serveFigures(app)
}

function servePlans(app: FastifyInstance): void {
  serve(app, contract.listPlansRoute, (ctx, { query }) => listPlans(ctx, query))
  serve(app, contract.createPlanRoute, (ctx, { body }) => createPlan(ctx, body))
  serve(app, contract.showPlanRoute, (ctx, { params }) => showPlan(ctx, params.planId))
  serve(app, contract.previewCascadeRoute, (ctx, { params, body }) => previewCascade(ctx, params.planId, body))
  serve(app, contract.savePlanRoute, (ctx, { params, body }) => savePlan(ctx, params.planId, body))
  serve(app, contract.publishPlanRoute, (ctx, { params, body }) =>
    movePlan(ctx, params.planId, { version: body.version, act: 'publish' }),
  )
  serve(app, contract.refreshPlanRoute, (ctx, { params, body }) => refreshPlan(ctx, params.planId, body.version))
  serve(app, contract.deletePlanRoute, (ctx, { params }) => deletePlan(ctx, params.planId))
  serve(app, contract.listRevisionsRoute, (ctx, { params }) => listRevisions(ctx, params.planId))
  serve(app, contract.showRevisionRoute, (ctx, { params }) => showRevision(ctx, params.planId, params.version))
}

function serveSheets(app: FastifyInstance): void {
  serve(app, contract.exportSheetRoute, async (ctx, { params, query, reply }) => {
    if (query.format === 'json') {
      const { header, rows } = await exportSheet(ctx, params.planId)
      return { header, rows }
    }
    const { name, stream } = await sheetAsFile(ctx, params.planId, query.format)
    await reply
      .type(fileTypes[query.format])
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .send(stream)
  })
  serve(app, contract.readSheetFileRoute, async (ctx, { params, request }) => {
    const part = await uploaded(request)
    if (!part) {
      const label = { zh: '请选择一个文件', en: 'Choose a file' }
      throw targetErrors.SHEET_MISSING({}, [{ field: 'file', code: 'missing', label }])
    }
    return previewSheetFile(ctx, params.planId, part.file)
  })
  serve(app, contract.readSheetRoute, (ctx, { params, body }) => previewSheet(ctx, params.planId, body))
}

function serveFigures(app: FastifyInstance): void {
  serve(app, contract.listPeriodsRoute, (ctx, { query }) => listPeriods(ctx, query))
  serve(app, contract.listMetricsRoute, async (ctx) => ({
    metrics: metricsInSight(ctx).all().map(metricOnTheWire),
  }))
  serve(app, contract.attainmentTreeRoute, (ctx, { params, query }) => attainmentTree(ctx, params.metric, query))
  serve(app, contract.metricRecordsRoute, (ctx, { params, query }) => recordsBehind(ctx, params.metric, query))
  serve(app, contract.metricSeriesRoute, (ctx, { params, query }) => monthlySeries(ctx, params.metric, query))
}

function metricOnTheWire({ key, label, formula, kind, unit, better }: Metric) {
  return { key, label, formula, kind, unit, better, plannable: kind === 'flow' }
}
