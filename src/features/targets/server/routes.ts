import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { inStructure } from '#features/org/server/index.ts'
import { serve } from '#platform/http/serve.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { uploaded } from '#platform/http/uploaded.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { metricsBehind } from '#engine/metrics/metrics.ts'
import { planRuleOf } from '#engine/metrics/plan-rule.ts'
import { metricsInSight } from '#platform/ledger/index.ts'
import { fileTypes } from '#platform/transfer/sheet-writer.ts'
import * as contract from '../contract.ts'
import { targetErrors } from '../contract.ts'
import { attainmentTree } from './attainment.ts'
import { monthlySeries, recordsBehind } from './behind-figure.ts'
import { createPlan } from './create-plan.ts'
import { deleteRampCurve, listRampCurves, saveRampCurve } from './curve-store.ts'
import { planChanges, planChangesFile } from './plan-changes.ts'
import { planGrid } from './plan-grid.ts'
import { setLevel } from './set-level.ts'
import { showBasis } from './show-basis.ts'
import { planWorkbook } from './write-workbook.ts'
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
  serveChangeLog(app)
  serveCurves(app)
  serveFigures(app)
}

function servePlans(app: FastifyInstance): void {
  serve(app, contract.listPlansRoute, (ctx, { query }) => listPlans(ctx, query))
  serve(app, contract.createPlanRoute, (ctx, { body }) => createPlan(ctx, body))
  serve(app, contract.showPlanRoute, (ctx, { params }) => showPlan(ctx, params.planId))
  serve(app, contract.previewCascadeRoute, (ctx, { params, body }) => previewCascade(ctx, params.planId, body))
  serve(app, contract.savePlanRoute, (ctx, { params, body }) => savePlan(ctx, params.planId, body))
  serve(app, contract.planGridRoute, (ctx, { params }) => planGrid(ctx, params.planId))
  serve(app, contract.setLevelRoute, (ctx, { params, body }) => setLevel(ctx, params.planId, body))
  serve(app, contract.showBasisRoute, (ctx, { params, query }) => showBasis(ctx, params.planId, query))
  serve(app, contract.publishPlanRoute, (ctx, { params, body }) =>
    movePlan(ctx, params.planId, { version: body.version, act: 'publish' }),
  )
  serve(app, contract.refreshPlanRoute, (ctx, { params, body }) => refreshPlan(ctx, params.planId, body.version))
  serve(app, contract.deletePlanRoute, (ctx, { params }) => deletePlan(ctx, params.planId))
  serve(app, contract.listRevisionsRoute, (ctx, { params, query }) => listRevisions(ctx, params.planId, query))
  serve(app, contract.showRevisionRoute, (ctx, { params }) => showRevision(ctx, params.planId, params.version))
}

function serveSheets(app: FastifyInstance): void {
  serve(app, contract.exportSheetRoute, async (ctx, { params, query, reply }) => {
    if (query.format === 'json') {
      const { header, rows } = await exportSheet(ctx, params.planId)
      return { header, rows }
    }
    const { name, stream } = await sheetAsFile(ctx, params.planId, query.format)
    await sendFile(reply, { name, type: fileTypes[query.format], content: stream })
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

function serveChangeLog(app: FastifyInstance): void {
  serve(app, contract.planChangesRoute, async (ctx, { params, query: { format, ...question }, reply }) => {
    if (format === 'json') return planChanges(ctx, params.planId, question)
    const { name, stream } = await planChangesFile(ctx, params.planId, question, format)
    await sendFile(reply, { name, type: fileTypes[format], content: stream })
  })
  serve(app, contract.planWorkbookRoute, async (ctx, { params, reply }) => {
    const { name, bytes } = await planWorkbook(ctx, params.planId)
    await sendFile(reply, { name, type: fileTypes.xlsx, content: bytes })
  })
}

async function sendFile(
  reply: FastifyReply,
  { name, type, content }: { readonly name: string; readonly type: string; readonly content: Readable | Buffer },
): Promise<void> {
  await reply
    .type(type)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .send(content)
}

function serveCurves(app: FastifyInstance): void {
  serve(app, contract.listRampCurvesRoute, (ctx) => listRampCurves(ctx))
  serve(app, contract.saveRampCurveRoute, (ctx, { params, body }) =>
    saveRampCurve(ctx, { id: params.curveId, ...body }),
  )
  serve(app, contract.deleteRampCurveRoute, (ctx, { params }) => deleteRampCurve(ctx, params.curveId))
}

function serveFigures(app: FastifyInstance): void {
  serve(app, contract.listPeriodsRoute, (ctx, { query }) => listPeriods(ctx, query))
  serve(app, contract.listMetricsRoute, async (ctx) => ({
    metrics: metricsInSight(ctx)
      .all()
      .map((metric) => metricOnTheWire(ctx, metric)),
  }))
  serve(app, contract.attainmentTreeRoute, async (ctx, { params, query }) =>
    attainmentTree(await inStructure(ctx, query.structure), params.metric, query),
  )
  serve(app, contract.metricRecordsRoute, async (ctx, { params, query }) =>
    recordsBehind(await inStructure(ctx, query.structure), params.metric, query),
  )
  serve(app, contract.metricSeriesRoute, async (ctx, { params, query }) =>
    monthlySeries(await inStructure(ctx, query.structure), params.metric, query),
  )
}

function metricOnTheWire({ company }: Ctx, metric: Metric) {
  const { key, label, formula, kind, unit, better } = metric
  const needsGiven = [metric, ...metricsBehind(metric, company.metrics)].some((each) => each.kind === 'given')
  return { key, label, formula, kind, unit, better, plannable: planRuleOf(metric) !== null, needsGiven }
}
