import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#base/errors.ts'
import { liveRoute } from '#engine/contract/live.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { serve } from '#platform/http/serve.ts'
import { newestNumber } from '#platform/notify/index.ts'
import { onSignal } from './signals.ts'
import { makeStream, newsFor } from './stream.ts'

/** A proxy that hears nothing for a minute hangs up; a session that ran out by itself is noticed then, too. */
const beatMs = 20_000
const mostPerPerson = 20

/** Serves what happens, live. */
export function registerLiveRoutes(app: FastifyInstance): void {
  const open = new Map<string, Set<() => void>>()
  app.addHook('preClose', async () => [...open.values()].forEach((all) => all.forEach((end) => end())))

  serve(app, liveRoute, async (ctx, { query, request, reply }) => {
    const asked = query.after ?? numberOf(request.headers['last-event-id'])
    if (!/text\/event-stream/.test(request.headers.accept ?? '')) {
      const { text } = await newsFor(ctx, { number: asked ?? 0, unread: undefined })
      return void (await reply.type('text/event-stream').send(text))
    }
    const from = { number: asked ?? (await newestNumber(ctx)), unread: undefined }
    begin(reply)
    const { raw: out } = reply
    // Whoever went away while their place was looked up: nobody will tell of it any more.
    if (out.destroyed) return
    const stream = makeStream({ ask: () => askAgain(app, request), out, first: ctx, from })
    const forget = onSignal(ctx.company.id, stream.hear)
    const beat = setInterval(() => (out.destroyed || out.writableEnded ? leave() : stream.beat()), beatMs)
    const key = `${ctx.company.id} ${ctx.actor.personId}`
    const mine = open.get(key) ?? new Set()
    const leave = () => {
      clearInterval(beat)
      forget()
      mine.delete(end)
      if (mine.size === 0 && open.get(key) === mine) open.delete(key)
    }
    // Not only at its close: one whose reader hangs never closes.
    const end = () => {
      stream.end()
      leave()
    }
    open.set(key, mine.add(end))
    // Pages that were left open on a shelf of machines: the oldest goes.
    if (mine.size > mostPerPerson) [...mine][0]?.()
    out.on('close', leave)
    await stream.wake()
  })
}

function numberOf(header: string | string[] | undefined): number | undefined {
  const number = Number(header)
  return header !== undefined && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

/** From here on the answer is written by hand. */
function begin(reply: FastifyReply): void {
  reply.hijack()
  void reply
    .header('content-type', 'text/event-stream; charset=utf-8')
    .header('cache-control', 'no-cache, no-transform')
    .header('x-accel-buffering', 'no')
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value)
  }
  reply.raw.writeHead(200)
  // The browser's own pause before it comes back.
  reply.raw.write('retry: 3000\n\n')
}

/**
 * Who the request stands for now, as if it came anew: the gate keeps its answer by request. Undefined once the session
 * is over.
 */
async function askAgain(app: FastifyInstance, request: FastifyRequest): Promise<Ctx | undefined> {
  try {
    const ctx = await app.gate.contextOf(Object.create(request) as FastifyRequest)
    await app.gate.prepare(ctx)
    return ctx
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}
