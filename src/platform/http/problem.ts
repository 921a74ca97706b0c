import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError, defineErrors, type FieldFault } from '#base/errors.ts'
import { inWords, type Label, type Language } from '#base/label.ts'
import { httpErrors } from './serve.ts'
import { whatIsMissing, type Missing } from './unavailable.ts'

/** Where every problem is explained; its code is the place on that page. */
export const problemPage = '/api/problems'

const unexpected: Label = {
  zh: '系统出错了，已记录；请稍后再试',
  en: 'Something went wrong here and was logged; please try again later',
}
const missing: Readonly<Record<Missing, Pick<Told, 'code' | 'label'>>> = {
  database: {
    code: 'DATABASE_UNAVAILABLE',
    label: {
      zh: '数据库暂时无法使用，系统会自动恢复；请稍后再试',
      en: 'The database cannot be reached just now and will be back by itself; please try again in a moment',
    },
  },
  room: {
    code: 'NO_ROOM_LEFT',
    label: {
      zh: '磁盘空间不足，暂时无法保存；请联系管理员',
      en: 'There is no room left to save anything; please tell an administrator',
    },
  },
}
const stopping: Label = {
  zh: '系统正在重启，请稍后再试',
  en: 'The system is just being restarted; please try again in a moment',
}

/** What is refused before a route is reached. */
const refusals = defineErrors({
  BAD_REQUEST: { status: 400, label: { zh: '请求无法识别', en: 'The request could not be read' } },
  TOO_LARGE: { status: 413, label: { zh: '提交的内容过大', en: 'What you sent is too large' } },
  ADDRESS_TOO_LONG: { status: 414, label: { zh: '地址太长', en: 'The address is too long' } },
  MEDIA_TYPE_REFUSED: {
    status: 415,
    label: { zh: '不接受这种内容格式，请用 JSON', en: 'This kind of content is not taken here; send JSON' },
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    label: { zh: '操作过于频繁，请稍后再试', en: 'Too many requests; please wait a moment' },
  },
})

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
  const { status, code, label, faults: found } = classify(error)
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
      type: `${problemPage}#${code}`,
      title,
      status,
      code,
      detail: title,
      errors: found.map((fault) => ({
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
  if (status === 413) return refusals.TOO_LARGE()
  if (status === 414) return refusals.ADDRESS_TOO_LONG()
  if (status === 415) return refusals.MEDIA_TYPE_REFUSED({}, [faults.media])
  if (status === 429) return refusals.TOO_MANY_REQUESTS()
  const isAddress = error.code === 'FST_ERR_BAD_URL'
  if (status >= 400 && status < 500) return refusals.BAD_REQUEST({}, [isAddress ? faults.path : faults.body])
  if (status === 503) return { status, code: 'STOPPING', label: stopping, faults: [] }
  const what = whatIsMissing(error)
  if (what) return { status: 503, ...missing[what], faults: [] }
  return { status: 500, code: 'UNEXPECTED', label: unexpected, faults: [] }
}

const faults = {
  body: { field: 'body', code: 'malformed', label: { zh: '不是完整的 JSON', en: 'Not complete JSON' } },
  media: { field: 'body', code: 'media', label: { zh: '请用 JSON', en: 'Send JSON' } },
  path: { field: 'path', code: 'malformed', label: { zh: '地址无法识别', en: 'The address could not be read' } },
} satisfies Record<string, FieldFault>

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
