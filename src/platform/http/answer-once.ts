import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { changes, isForPeopleOnly, successOf, type Route } from '#engine/contract/route.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { enter, inStep } from '#platform/db/step.ts'
import { within } from '#platform/db/within.ts'
import { registerDailyJob } from '#platform/jobs/jobs.ts'
import { answerOf, dropOldAnswers, holdKey, keepAnswer, type KeptAnswer } from './answer-store.ts'
import { requestErrors } from './request-errors.ts'

export const idempotencyHeader = 'idempotency-key'

/** Answers are forgotten after a day. Called once when the app is put together. */
export function registerKeptAnswers(): void {
  registerDailyJob('http.forget-answers', (ctx) => inStep(ctx, ({ tx }) => dropOldAnswers(tx, ctx)))
}

/**
 * Whether a key is taken: where something changes and the answer is JSON. What people do to their own way in is left out:
 * there a refused attempt must count, whatever becomes of the request. So is what answers a secret: answers are kept as
 * they are.
 */
export function takesKey(route: Route): boolean {
  const isKept = !route.files && !route.takesFile && !route.showsSecret
  return changes(route) && isKept && route.access !== 'public' && !isForPeopleOnly(route)
}

/**
 * Acts, or answers what was answered when the same request came before: act and answer are written in one transaction,
 * so that nothing is done twice, whenever the process is killed. Without an idempotency key it only acts.
 */
export async function answerOnce(
  ctx: Ctx,
  route: Route,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  act: (ctx: Ctx) => Promise<unknown>,
): Promise<unknown> {
  const given = changes(route) ? request.headers[idempotencyHeader] : undefined
  if (given === undefined) return act(ctx)
  const key = readKey(route, given)
  const requestHash = hashOf(request)
  const { isReplayed, answer } = await ctx.db.transaction().execute(async (tx) => {
    await enter(tx, ctx)
    if (!(await holdKey(tx, ctx, key))) throw busy(reply)
    const kept = await answerOf(tx, ctx, key)
    if (kept && kept.requestHash !== requestHash) throw refuseKey('IDEMPOTENCY_KEY_REUSED', 'reused')
    if (kept) return { isReplayed: true, answer: kept }
    const result = await act({ ...ctx, db: within(tx) })
    const fresh = { requestHash, status: successOf(route), body: textOf(result), etag: etagOn(reply) }
    await keepAnswer(tx, ctx, key, fresh)
    return { isReplayed: false, answer: fresh }
  })
  return sendKept(reply, answer, isReplayed)
}

function sendKept(reply: FastifyReply, { status, body, etag }: KeptAnswer, isReplayed: boolean): FastifyReply {
  if (isReplayed) reply.header('idempotency-replayed', 'true')
  if (etag !== null) reply.header('etag', etag)
  if (body === null) return reply.code(status).send()
  return reply.code(status).type('application/json; charset=utf-8').send(body)
}

function readKey(route: Route, given: string | string[]): string {
  if (!takesKey(route)) throw refuseKey('IDEMPOTENCY_NOT_HERE', 'unexpected')
  if (typeof given === 'string' && /^[\x21-\x7e]{1,200}$/.test(given)) return given
  throw refuseKey('IDEMPOTENCY_KEY_INVALID', 'format')
}

const words = {
  unexpected: { zh: '这里不接受', en: 'Not taken here' },
  format: { zh: '格式不对', en: 'Not in the right format' },
  reused: { zh: '已用于另一个请求', en: 'Used for another request' },
}

function refuseKey(
  code: 'IDEMPOTENCY_NOT_HERE' | 'IDEMPOTENCY_KEY_INVALID' | 'IDEMPOTENCY_KEY_REUSED',
  fault: keyof typeof words,
) {
  return requestErrors[code]({}, [{ field: 'Idempotency-Key', code: fault, label: words[fault] }])
}

function busy(reply: FastifyReply) {
  reply.header('retry-after', 1)
  return requestErrors.IDEMPOTENCY_KEY_BUSY()
}

function hashOf({ method, url, body }: FastifyRequest): string {
  return createHash('sha256')
    .update(`${method} ${url}\n${JSON.stringify(body ?? null)}`)
    .digest('hex')
}

const textOf = (result: unknown): string | null => (result === undefined ? null : JSON.stringify(result))

function etagOn(reply: FastifyReply): string | null {
  const etag = reply.getHeader('etag')
  return typeof etag === 'string' ? etag : null
}
