import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import { registerDailyJob, registerJob } from '#platform/jobs/jobs.ts'
import { shapingRoutes as routes } from '../contract.ts'
import { changeField, createField, deleteField, indexJob, restoreField } from './change-fields.ts'
import { changeObject, createObject, deleteObject, restoreObject, setUpObject } from './change-objects.ts'
import { indexField } from './index-field.ts'
import { purgeShape } from './purge-shape.ts'
import { showShape, tryFormula } from './show-shape.ts'

export { freeKey } from '../definition.ts'
export { createField, createObject }
export { setUpDuplicates } from './change-objects.ts'
export { rebuildIndexes, verifyIndexes } from './verify-indexes.ts'

/** The room's jobs. */
export function registerShaping(): void {
  registerJob(indexJob, indexField)
  registerDailyJob('shape.purge', purgeShape)
}

export function registerShapingRoutes(app: FastifyInstance): void {
  serve(app, routes.show, (ctx) => showShape(ctx))
  serve(app, routes.createObject, (ctx, { body }) => createObject(ctx, body))
  serve(app, routes.changeObject, (ctx, { params, body }) => changeObject(ctx, params.object, body))
  serve(app, routes.deleteObject, (ctx, { params }) => deleteObject(ctx, params.object))
  serve(app, routes.restoreObject, (ctx, { params }) => restoreObject(ctx, params.object))
  serve(app, routes.createField, (ctx, { params, body }) => createField(ctx, params.object, body))
  serve(app, routes.changeField, (ctx, { params, body }) => changeField(ctx, params.id, body.definition))
  serve(app, routes.deleteField, (ctx, { params }) => deleteField(ctx, params.id))
  serve(app, routes.restoreField, (ctx, { params }) => restoreField(ctx, params.id))
  serve(app, routes.setUp, (ctx, { params, body }) => setUpObject(ctx, params.object, body))
  serve(app, routes.tryFormula, (ctx, { params, body }) => tryFormula(ctx, params.object, body))
}
