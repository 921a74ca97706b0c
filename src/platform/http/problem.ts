import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError, type FieldFault } from '#base/errors.ts'
import { inWords, type Label, type Language } from '#base/label.ts'
import { httpErrors } from './serve.ts'
import { whatIsMissing, type Missing } from './unavailable.ts'

const unexpected: Label = {
  zh: '系统出错了，已记录；请稍后再试',
  en: 'Something went wrong here and was logged; please try again later',
}
const missing: Readonly<Record<Missing, Label>> = {
  database: {
    zh: '数据库暂时无法使用，系统会自动恢复；请稍后再试',
    en: 'The database cannot be reached just now and will be back by itself; please try again in a moment',
  },
  room: {
    zh: '磁盘空间不足，暂时无法保存；请联系管理员',
    en: 'There is no room left to save anything; please tell an administrator',
  },
}
const stopping: Label = {
  zh: '系统正在重启，请稍后再试',
  en: 'The system is just being restarted; please try again in a moment',
}
const badRequest: Label = { zh: '请求无法识别', en: 'The request could not be read' }
const badMedia: Label = { zh: '不接受这种内容格式，请用 JSON', en: 'This kind of content is not taken here; send JSON' }
const notJson: Label = { zh: '不是完整的 JSON', en: 'Not complete JSON' }
const tooLong: Label = { zh: '地址太长', en: 'The address is too long' }
const tooLarge: Label = { zh: '提交的内容过大', en: 'What you sent is too large' }
const tooMany: Label = { zh: '操作过于频繁，请稍后再试', en: 'Too many requests; please wait a moment' }

/** Every error leaves as RFC 9457 problem details; internals stay in the log under the request id. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | AppError, request, reply) => sendProblem(error, request, reply))
  app.setNotFoundHandler((request, reply) => sendProblem(httpErrors.ROUTE_NOT_FOUND(), request, reply))
}

export function sendProblem(
  error: FastifyError | AppError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const language = languageOf(request)
  const { status, code, label, faults } = classify(error)
  if (status === 503) {
    request.log.warn({ why: error.message }, 'not served for the time being')
    void reply.header('retry-after', secondsToRetry)
  } else if (status >= 500) request.log.error({ err: error }, 'unexpected failure')
  const known = error instanceof AppError ? error : undefined
  const title = inWords(label, language, known?.params)
  return reply
    .code(status)
    .type('application/problem+json')
    .send({
      type: `about:blank#${code}`,
      title,
      status,
      code,
      detail: title,
      errors: faults.map((fault) => ({
        field: fault.field,
        code: fault.code,
        message: inWords(fault.label, language, fault.params),
      })),
      requestId: request.id,
      ...(known?.details === undefined ? {} : { details: known.details }),
    })
}

const secondsToRetry = 5

type Told = Pick<AppError, 'status' | 'code' | 'label' | 'faults'>

/** What Fastify refuses before a route is reached has no fields but the whole of it. */
function classify(error: FastifyError | AppError): Told {
  if (error instanceof AppError) return error
  const status = error.statusCode ?? 500
  const told = (code: string, label: Label, faults: Told['faults'] = [], as = status): Told => ({
    status: as,
    code,
    label,
    faults,
  })
  if (status === 413) return told('TOO_LARGE', tooLarge)
  if (status === 414) return told('ADDRESS_TOO_LONG', tooLong)
  if (status === 415) return told('MEDIA_TYPE_REFUSED', badMedia, [{ field: 'body', code: 'media', label: badMedia }])
  if (status === 429) return told('TOO_MANY_REQUESTS', tooMany)
  if (status >= 400 && status < 500) return told('BAD_REQUEST', badRequest, [faultOf(error)])
  if (status === 503) return told('STOPPING', stopping)
  const what = whatIsMissing(error)
  if (what === 'database') return told('DATABASE_UNAVAILABLE', missing.database, [], 503)
  if (what === 'room') return told('NO_ROOM_LEFT', missing.room, [], 503)
  return { status: 500, code: 'UNEXPECTED', label: unexpected, faults: [] }
}

function faultOf({ code }: FastifyError): FieldFault {
  return code === 'FST_ERR_BAD_URL'
    ? { field: 'path', code: 'malformed', label: badRequest }
    : { field: 'body', code: 'malformed', label: notJson }
}

/** The person's own language once known, else what the browser asks for, else Chinese. */
export function languageOf(request: FastifyRequest): Language {
  if (request.language) return request.language
  const asked = /\b(zh|en)\b/.exec(request.headers['accept-language']?.toLowerCase() ?? '')
  return asked?.[1] === 'en' ? 'en' : 'zh'
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once the person is known. */
    language?: Language
  }
}
