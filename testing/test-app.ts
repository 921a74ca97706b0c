import type { FastifyInstance } from 'fastify'
import { pino, type Logger } from 'pino'
import { afterAll } from 'vitest'
import { buildServer } from '#app/server.ts'
import { openSession } from '#platform/auth/session-store.ts'
import { type TestDatabase, testDatabase } from './test-database.ts'

/** One person of one company, as far as signing in needs to know. */
export interface Somebody {
  readonly companyId: string
  readonly personId: string
  readonly loginId?: string | null
}

export interface Answer {
  readonly status: number
  /** The problem's code; undefined when all went well. */
  readonly code: string | undefined
  /** The parsed answer. Tests look into it freely. */
  readonly body: any
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
}

/** Speaks to the app as one person, over HTTP without a network. Paths may leave out `/api/v1`. */
export interface TestClient {
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  delete(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
}

export interface TestApp {
  readonly app: FastifyInstance
  readonly database: TestDatabase
  /** A client with a session of that person. */
  as(person: Somebody): TestClient
  /** A client that is not signed in. */
  readonly anybody: TestClient
}

interface Options {
  readonly database?: TestDatabase
  readonly now?: () => Date
  readonly publicUrl?: string
  readonly log?: Logger
  readonly requestsPerMinute?: number
}

/** The whole server on a clone of the template database. Call once, at the top of a file. */
export async function testApp(options: Options = {}): Promise<TestApp> {
  const database = options.database ?? (await testDatabase())
  const app = await buildServer({
    db: database.db,
    log: options.log ?? pino({ level: process.env['LOG_LEVEL'] ?? 'fatal' }),
    settings: {
      publicUrl: options.publicUrl ?? null,
      plainHttp: 'loopback',
      requestsPerMinute: options.requestsPerMinute ?? 1_000_000,
    },
    webFolder: null,
    ...(options.now === undefined ? {} : { now: options.now }),
  })
  await app.ready()
  afterAll(() => app.close())
  return {
    app,
    database,
    as: (person) => clientOf(app, sessionOf(database, person)),
    anybody: clientOf(app, async () => undefined),
  }
}

/** Opened at the first request, once. */
function sessionOf(database: TestDatabase, person: Somebody): () => Promise<string | undefined> {
  let token: Promise<string> | undefined
  return () =>
    (token ??= openSession(database.db, {
      loginId: person.loginId ?? null,
      companyId: person.companyId,
      personId: person.personId,
      origin: null,
    }))
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

function clientOf(app: FastifyInstance, session: () => Promise<string | undefined>): TestClient {
  const send = async (
    method: Method,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const token = await session()
    const answer = await app.inject({
      method,
      url: path.startsWith('/api') || path.startsWith('/healthz') ? path : `/api/v1${path}`,
      headers: {
        'accept-language': 'en',
        host: 'localhost',
        ...(token === undefined ? {} : { cookie: `terrace=${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const parsed = parsedBody(answer.headers['content-type'], answer.body)
    return { status: answer.statusCode, code: parsed?.code, body: parsed, headers: answer.headers }
  }
  return {
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body, headers) => send('POST', path, body, headers),
    patch: (path, body, headers) => send('PATCH', path, body, headers),
    put: (path, body, headers) => send('PUT', path, body, headers),
    delete: (path, body, headers) => send('DELETE', path, body, headers),
  }
}

function parsedBody(type: unknown, text: string): any {
  return /[/+]json/.test(String(type)) && text !== '' ? JSON.parse(text) : text
}
