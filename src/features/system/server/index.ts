import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import { systemRoutes as routes } from '../contract.ts'
import { askForCheck, registerCheckJob } from './check-company.ts'
import { backUpNow, showSystem } from './show-system.ts'

export { registerChecks, type SystemCheck } from './checks.ts'

export function registerSystem(): void {
  registerCheckJob()
}

export function registerSystemRoutes(app: FastifyInstance): void {
  serve(app, routes.show, (ctx) => showSystem(ctx))
  serve(app, routes.backUp, (ctx) => backUpNow(ctx))
  serve(app, routes.check, (ctx) => askForCheck(ctx))
}
