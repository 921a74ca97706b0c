import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#base/errors.ts'
import { inWords, type Label, type Language } from '#base/label.ts'
import { httpErrors } from './serve.ts'

const unexpected: Label = { zh: '系统出错了,已记录;请稍后再试', en: 'Something went wrong here and was logged; please try again later' }
const badRequest: Label = { zh: '请求无法识别', en: 'The request could not be read' }
const tooLarge: Label = { zh: '提交的内容过大', en: 'What you sent is too large' }
const tooMany: Label = { zh: '操作过于频繁,请稍后再试', en: 'Too many requests; please wait a moment' }

/** Every error leaves as RFC 9457 problem details; internals stay in the log under the request id. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | AppError, request, reply) => sendProblem(error, request, reply))
  app.setNotFoundHandler((request, reply) => sendProblem(httpErrors.ROUTE_NOT_FOUND(), request, reply))
}

export function sendProblem(error: FastifyError | AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = languageOf(request)
  const { status, code, label } = classify(error)
  if (status >= 500) request.log.error({ err: error }, 'unexpected failure')
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
      errors: (known?.faults ?? []).map((fault) => ({
        field: fault.field,
        code: fault.code,
        message: inWords(fault.label, language, fault.params),
      })),
      requestId: request.id,
      ...(known?.details === undefined ? {} : { details: known.details }),
    })
}

function classify(error: FastifyError | AppError): { status: number; code: string; label: Label } {
  if (error instanceof AppError) return error
  const status = error.statusCode ?? 500
  if (status === 413) return { status, code: 'TOO_LARGE', label: tooLarge }
  if (status === 429) return { status, code: 'TOO_MANY_REQUESTS', label: tooMany }
  if (status >= 400 && status < 500) return { status, code: 'BAD_REQUEST', label: badRequest }
  return { status: 500, code: 'UNEXPECTED', label: unexpected }
}

/** The person's own language once known, else what the browser asks for, else Chinese. */
export function languageOf(request: FastifyRequest): Language {
  if (request.language) return request.language
  const asked = request.headers['accept-language']?.toLowerCase() ?? ''
  return asked.startsWith('en') ? 'en' : 'zh'
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once the person is known. */
    language?: Language
  }
}
