import type { FastifyInstance } from 'fastify'
import type { Answer } from './test-app.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Somebody before a screen: keeps cookies between requests, as a browser does. */
export interface Browser {
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown): Promise<Answer>
  put(path: string, body?: unknown): Promise<Answer>
  patch(path: string, body?: unknown): Promise<Answer>
  delete(path: string): Promise<Answer>
  /** What it holds, by name. */
  readonly cookies: ReadonlyMap<string, string>
}

interface From {
  readonly address?: string
  readonly agent?: string
  readonly host?: string
  readonly language?: 'zh' | 'en'
}

/** A browser on this machine, unless told where. Paths stand below `/api/v1`. */
export function openBrowser(app: FastifyInstance, from: From = {}): Browser {
  const cookies = new Map<string, string>()
  const send = async (method: Method, path: string, body?: unknown): Promise<Answer> => {
    const answer = await app.inject({
      method,
      url: `/api/v1${path}`,
      remoteAddress: from.address ?? '127.0.0.1',
      headers: {
        host: from.host ?? 'localhost',
        'accept-language': from.language ?? 'en',
        'user-agent': from.agent ?? 'Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0 Safari/537.36',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    keep(cookies, answer.headers['set-cookie'])
    const text = answer.body
    const parsed = String(answer.headers['content-type']).includes('json') && text !== '' ? JSON.parse(text) : text
    return { status: answer.statusCode, code: parsed?.code, body: parsed, headers: answer.headers }
  }
  return {
    cookies,
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    patch: (path, body) => send('PATCH', path, body),
    delete: (path) => send('DELETE', path),
  }
}

function keep(cookies: Map<string, string>, given: string | string[] | undefined): void {
  for (const line of [given ?? []].flat()) {
    const [pair = '', ...rules] = line.split('; ')
    const at = pair.indexOf('=')
    if (rules.includes('Max-Age=0')) cookies.delete(pair.slice(0, at))
    else cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
}
