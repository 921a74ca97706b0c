import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import * as contract from '../contract.ts'
import { changeObjective, createObjective, deleteObjective, linkObjective } from './change-objectives.ts'
import { placeObjective } from './place-objective.ts'
import { listObjectives } from './show-objectives.ts'

export { createObjective, linkObjective } from './change-objectives.ts'
export { objectivesServed } from './served.ts'
export { registerAimedYears } from './years-aimed.ts'

/** Serves the room's routes. */
export function registerObjectiveRoutes(app: FastifyInstance): void {
  serve(app, contract.listObjectivesRoute, (ctx) => listObjectives(ctx))
  serve(app, contract.createObjectiveRoute, (ctx, { body }) => createObjective(ctx, body))
  serve(app, contract.changeObjectiveRoute, (ctx, { params, body }) => changeObjective(ctx, params.id, body))
  serve(app, contract.deleteObjectiveRoute, (ctx, { params }) => deleteObjective(ctx, params.id))
  serve(app, contract.placeObjectiveRoute, (ctx, { params, body }) => placeObjective(ctx, params.id, body))
  serve(app, contract.linkObjectiveRoute, (ctx, { params, body }) => linkObjective(ctx, params.id, body))
}
