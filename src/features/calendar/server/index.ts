import type { FastifyInstance, FastifyRequest } from 'fastify'
import { defineErrors } from '#base/errors.ts'
import { contextFor, type AuthParts } from '#platform/auth/gate.ts'
import { keyInUse } from '#platform/auth/key-store.ts'
import { actingPerson } from '#platform/auth/session-store.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { serve, servePublic } from '#platform/http/serve.ts'
import { calendarRoutes as routes } from '../contract.ts'
import { addressOf, renewAddress, revokeAddress } from './address.ts'
import { drawCalendar } from './draw-calendar.ts'
import { entriesOf } from './entries.ts'

const calendarErrors = defineErrors({
  /** Never was, was renewed, or its person left: one answer. */
  CALENDAR_NOT_FOUND: { status: 404, label: { zh: '这个日历地址已失效', en: 'This calendar is not there any more' } },
})

/** Serves the calendar of each person, by an address that only she knows. */
export function registerCalendar(app: FastifyInstance, parts: AuthParts): void {
  serve(app, routes.show, async (ctx) => {
    const address = await addressOf(ctx)
    return { feed: address ? { createdAt: address.createdAt, lastUsedAt: address.lastUsedAt } : null }
  })
  serve(app, routes.renew, async (ctx, { request }) => {
    const { secret, createdAt } = await renewAddress(ctx)
    return { createdAt, lastUsedAt: null, url: `${homeOf(parts, request)}/api/v1/calendar/${secret}.ics` }
  })
  serve(app, routes.revoke, (ctx) => revokeAddress(ctx))
  servePublic(app, routes.feed, async ({ params, request, reply }) => {
    const ctx = await readerOf(parts, params.file, request)
    const text = drawCalendar(ctx, await entriesOf(ctx, homeOf(parts, request)))
    await reply.type('text/calendar; charset=utf-8').send(text)
  })
}

/** Whoever knows the address reads as its person, in her language, and changes nothing. */
async function readerOf(parts: AuthParts, file: string, request: FastifyRequest): Promise<Ctx> {
  const secret = /^(terrace_[\w-]+)\.ics$/.exec(file)?.[1]
  const key = secret && (await keyInUse(parts.db, secret, 'calendar'))
  const acting = key && (await actingPerson(parts.db, { apiKey: secret }))
  if (!acting) throw calendarErrors.CALENDAR_NOT_FOUND()
  const inOwnLanguage = { ...acting, language: acting.language ?? acting.companyLanguage }
  return { ...(await contextFor(parts, inOwnLanguage, request, ['read'])), via: 'key' }
}

function homeOf({ settings }: AuthParts, request: FastifyRequest): string {
  return settings.publicUrl ?? `${request.protocol}://${request.host}`
}
