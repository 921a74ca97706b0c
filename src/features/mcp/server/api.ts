import type { FastifyInstance } from 'fastify'

export interface ApiAnswer {
  readonly status: number
  /** Parsed JSON; undefined where there is none. */
  readonly body: unknown
}

export interface ApiQuestion {
  readonly method: 'GET' | 'POST'
  /** Begins after `/api/v1`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly body?: unknown
}

/** Asks the API as somebody: whatever a tool does is a request like any other, with its permissions and its audit. */
export type Api = (question: ApiQuestion) => Promise<ApiAnswer>

/** Asks the API of this very process. */
export function apiWithin(
  app: FastifyInstance,
  asker: { readonly headers: Readonly<Record<string, string>>; readonly address: string },
): Api {
  return async ({ method, path, query = {}, body }) => {
    const given = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]))
    const search = given.length === 0 ? '' : `?${new URLSearchParams(given)}`
    const answer = await app.inject({
      method,
      url: `/api/v1${path}${search}`,
      headers: { ...asker.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      remoteAddress: asker.address,
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
    const isJson = /json/.test(String(answer.headers['content-type']))
    return { status: answer.statusCode, body: isJson && answer.body !== '' ? JSON.parse(answer.body) : undefined }
  }
}
