import type { FastifyInstance } from 'fastify'
import { inWords } from '#base/label.ts'
import { serve } from '#platform/http/serve.ts'
import { countBin, listBin, restoreMany } from '#platform/records/bin.ts'
import { daysInBin } from '#platform/records/retention.ts'
import { binRoutes as routes } from '../contract.ts'

/** Serves the recycle bin. */
export function registerBinRoutes(app: FastifyInstance): void {
  serve(app, routes.counts, async (ctx) => ({ objects: await countBin(ctx), days: daysInBin }))
  serve(app, routes.list, async (ctx, { params, body }) => listBin(ctx, params.object, body))
  serve(app, routes.restore, async (ctx, { params, body }) => {
    const { ids, companions = true, parents = false } = body
    const { refused, ...counts } = await restoreMany(ctx, params.object, ids, { companions, parents })
    return {
      ...counts,
      refused: refused.map(({ faults, ...one }) => ({
        ...one,
        faults: faults.map(({ field, code, label, params: filled }) => ({
          field,
          code,
          message: inWords(label, ctx.language, filled),
        })),
      })),
    }
  })
}
