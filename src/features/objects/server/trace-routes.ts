import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import { explainMine, explainOf } from '#platform/records/explain.ts'
import { showOperation, undoOfOperation, undoWholeOperation, type Operation } from '#platform/records/operations.ts'
import { undoProgressOf } from '#platform/records/undo-progress.ts'
import { undoChange } from '#platform/records/undo-change.ts'
import { traceRoutes as routes } from '../contract.ts'
import type { OperationView } from '../trace-contract.ts'

/** Serves what leads back from a record: its changes, the operations behind them, and why somebody sees it. */
export function registerTraceRoutes(app: FastifyInstance): void {
  serve(app, routes.undoChange, async (ctx, { params, body }) =>
    undoChange(ctx, params.object, params.id, { ...body, entryId: params.entryId }),
  )
  serve(app, routes.operation, async (ctx, { params }) => viewOf(await showOperation(ctx, params.id)))
  serve(app, routes.undoOfOperation, async (ctx, { params }) => {
    const { undo, skipped } = await undoOfOperation(ctx, params.id)
    return {
      undo: undoProgressOf(undo),
      skipped: skipped.map(({ faults, ...one }) => ({ ...one, faults: [...faults] })),
    }
  })
  serve(app, routes.undoOperation, async (ctx, { params }) => viewOf(await undoWholeOperation(ctx, params.id)))
  serve(app, routes.why, async (ctx, { params }) => ({ reasons: await explainMine(ctx, params.object, params.id) }))
  serve(app, routes.whyOf, async (ctx, { params }) => explainOf(ctx, params.object, params.id, params.personId))
}

function viewOf({ undo, ...operation }: Operation): OperationView {
  return { ...operation, undo: undoProgressOf(undo) }
}
