import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { testApp } from '#testing/test-app.ts'
import { createKey } from '#platform/auth/key-store.ts'
import { hintsFor } from './hints.ts'
import { populated, type Populated } from './populated.ts'
import { hostile, valuesOfSchema, type Hints } from './requests.ts'

// As an outsider would: from the document alone. `FUZZ_RUNS` makes it long.
const seed = Number(process.env['FUZZ_SEED'] ?? 20260615)
const runs = Number(process.env['FUZZ_RUNS'] ?? 2)
const slowestMs = 2000

const { app, database, as, anybody } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
const { body: document } = await anybody.get('/api/openapi.json')
let here: Populated
let hints: Hints
let authorization = ''

beforeAll(async () => {
  here = await populated(database, 'here', as)
  hints = hintsFor([here])
  const { secret } = await createKey(database.db, {
    ...here.somebody('管'),
    name: 'fuzz',
    scopes: ['write'],
    expiresAt: null,
  })
  authorization = `Bearer ${secret}`
})

interface Operation {
  readonly method: string
  readonly path: string
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema?: object }[]
  readonly body: { readonly type: string; readonly schema: Record<string, unknown> } | undefined
}

const operations: readonly Operation[] = Object.entries<Record<string, any>>(document.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => {
      const [content] = Object.entries<any>(requestBody?.content ?? {})
      return {
        method: method.toUpperCase(),
        path,
        parameters: parameters.filter((one: { name?: string }) => one.name),
        body: content && { type: content[0], schema: content[1].schema },
      }
    }),
)

interface Sent {
  readonly url: string
  readonly payload?: string | Buffer
  readonly headers?: Record<string, string>
}

/** What is wrong with an answer, if anything is. On a busy machine even a quick one may come late: three times is slow. */
async function faultOf(operation: Operation, sent: Sent): Promise<string | undefined> {
  let fault: string | undefined
  for (let turn = 0; turn < 3; turn += 1) {
    fault = await faultOnce(operation, sent)
    if (!fault?.endsWith(' ms')) return fault
  }
  return fault
}

async function faultOnce(
  { method, path }: Operation,
  { url, payload, headers = {} }: Sent,
): Promise<string | undefined> {
  // A demo is loaded only from this machine: a proxy says that this is another.
  const afar: Record<string, string> = path.includes('/setup') ? { via: '1.1 proxy' } : {}
  const startedAt = performance.now()
  const answer = await app.inject({
    method: method as 'GET',
    url,
    headers: { authorization, host: 'localhost', 'accept-language': 'en', ...afar, ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
  const took = performance.now() - startedAt
  const told = `${method} ${url.slice(0, 200)} ${String(payload ?? '').slice(0, 300)} ${JSON.stringify(headers)} →`
  if (took > slowestMs) return `${told} took ${Math.round(took)} ms`
  if (answer.statusCode >= 500) return `${told} ${answer.statusCode} ${answer.body.slice(0, 300)}`
  if (answer.statusCode < 400) return undefined
  if (!String(answer.headers['content-type']).startsWith('application/problem+json'))
    return `${told} no problem document`
  const { type, status, code, title, errors, requestId } = answer.json()
  const isWhole = type === `/api/problems#${code}` && status === answer.statusCode && title !== '' && requestId !== ''
  return isWhole && Array.isArray(errors) ? undefined : `${told} ${answer.body.slice(0, 300)}`
}

const written = (value: unknown) =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed().slice(0, 5000)

/** An address with these values; hostile ones travel encoded. */
function urlOf(operation: Operation, values: Readonly<Record<string, unknown>>): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(written(values[name])))
  const query = operation.parameters.filter((one) => one.in === 'query' && values[one.name] !== undefined)
  const search = query.map(({ name }) => `${name}=${encodeURIComponent(written(values[name]))}`).join('&')
  return search === '' ? path : `${path}?${search}`
}

const fitting = (operation: Operation): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(
    Object.fromEntries(
      operation.parameters
        .filter((one) => one.in !== 'header')
        .map(({ name, schema = {} }) => [
          name,
          valuesOfSchema(schema as Record<string, unknown>, hints, true, { name, root: document }),
        ]),
    ),
  )

const sample = <T>(what: fc.Arbitrary<T>, numRuns = runs): T[] => fc.sample(what, { seed, numRuns })

async function faultsOf(sendings: (operation: Operation) => readonly Sent[]): Promise<readonly string[]> {
  const faults: string[] = []
  for (const operation of operations) {
    // Whoever walks does not sign out, deactivate itself or end its own key.
    for (const sent of sendings(operation)) {
      const fault = await faultOf(operation, sent)
      if (fault !== undefined) faults.push(fault)
    }
  }
  return faults
}

const json = { 'content-type': 'application/json' }
const megabytes = (count: number) => count * 1_000_000
const deep = (open: string, close: string, depth: number) => open.repeat(depth) + '1' + close.repeat(depth)

describe('whatever is sent to any route of the document', () => {
  it('finds every served route there', () => {
    expect(operations.length).toBe(app.served.length)
  })

  it('anything in an address is answered or refused in words', async () => {
    const faults = await faultsOf((operation) =>
      sample(fc.tuple(fitting(operation), fc.array(hostile, { minLength: 1, maxLength: 3 }), fc.nat())).map(
        ([values, wounds, at]) => {
          const names = operation.parameters.filter((one) => one.in !== 'header').map(({ name }) => name)
          const spoiled = wounds.map((wound, turn) => [names[(at + turn) % Math.max(names.length, 1)] ?? '', wound])
          return { url: urlOf(operation, { ...values, ...Object.fromEntries(spoiled) }) }
        },
      ),
    )
    expect(faults).toEqual([])
  }, 600_000)

  it('any JSON in a body is, too', async () => {
    const faults = await faultsOf((operation) => {
      if (operation.body?.type !== 'application/json') return []
      const bodies = fc.oneof(hostile, spoiledBody(operation.body.schema))
      return sample(fc.tuple(fitting(operation), bodies), runs * 2).map(([values, body]) => ({
        url: urlOf(operation, values),
        payload: JSON.stringify(body) ?? 'null',
        headers: json,
      }))
    })
    expect(faults).toEqual([])
  }, 600_000)

  it('what is no JSON, no text, too deep or too large is, too', async () => {
    const large = JSON.stringify({ text: 'x'.repeat(megabytes(10)), values: { name: 'x'.repeat(1000) } })
    const many = `{"rows":[${'{"values":{}},'.repeat(500_000)}{"values":{}}]}`
    const bodies: readonly (string | Buffer)[] = [
      ...[
        '',
        '{',
        '{"a":',
        '[1,]',
        '{"a":1}}',
        'null',
        '"x"',
        '1e999',
        '{"__proto__":{"a":1}}',
        '{"a":"\\ud800"}',
        '\u0000',
      ],
      ...[deep('[', ']', 100_000), deep('{"a":', '}', 100_000), deep('{"filter":{"not":', '}}', 40)],
      Buffer.from([0xff, 0xfe, 0x00, 0x80]),
      large,
    ]
    const faults = await faultsOf((operation) => {
      if (operation.method === 'GET') return []
      const [values = {}] = sample(fitting(operation), 1)
      const url = urlOf(operation, values)
      const types = [
        'text/plain',
        'application/xml',
        'multipart/form-data',
        'multipart/form-data; boundary=x',
        'nonsense',
      ]
      return [
        ...bodies.map((payload) => ({ url, payload, headers: json })),
        ...(operation.path.endsWith('/bulk') ? [{ url, payload: many, headers: json }] : []),
        ...types.map((type) => ({ url, payload: '--x\r\nx', headers: { 'content-type': type } })),
      ]
    })
    expect(faults).toEqual([])
  }, 600_000)

  it('headers that mean something somewhere are, too', async () => {
    const odd = [
      '',
      '"',
      'W/',
      '"99999999999999999999"',
      '*',
      'x'.repeat(5000),
      "'; drop table person; --",
      '\u00ff\u00fe',
    ]
    const names = [
      'if-match',
      'if-none-match',
      'idempotency-key',
      'accept-language',
      'cookie',
      'range',
      'accept-encoding',
    ]
    const faults = await faultsOf((operation) => {
      const [values = {}] = sample(fitting(operation), 1)
      const url = urlOf(operation, values)
      const changing = operation.body ? { payload: '{}', headers: json } : { headers: {} }
      return sample(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...odd)), runs).map(([name, value]) => ({
        ...changing,
        url,
        headers: { ...changing.headers, [name]: value },
      }))
    })
    expect(faults).toEqual([])
  }, 600_000)
})

/** A body as the document wants it, with one of its first places spoiled. */
function spoiledBody(schema: Record<string, unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(valuesOfSchema(schema, hints, true, { root: document }), hostile, fc.nat())
    .map(([body, wound, at]) => {
      if (typeof body !== 'object' || body === null || Array.isArray(body)) return wound
      const keys = Object.keys(body)
      const key = keys[at % Math.max(keys.length, 1)] ?? 'unknown'
      return { ...body, [key]: wound }
    })
}

describe('the filter language as text', () => {
  const word = fc.oneof(
    fc.constantFrom(
      ...['amount', 'owner', 'account.name', 'closedOn', 'stage', '不存在', 'name', 'children(', 'count('],
    ),
    fc.constantFrom(
      ...['>', '>=', '<', ':', '=', '!=', '..', ',', '(', ')', '[', ']', '"', "'", '-', 'and', 'or', 'not', '且', '或'],
    ),
    fc.constantFrom(
      ...['me', '10万', '-1', '1e400', 'this_quarter', '2026-02-30', '%', '\\', '\u0000', '\ud800', '😀'],
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
  )
  const text = fc
    .tuple(fc.array(word, { maxLength: 25 }), fc.constantFrom('', ' '))
    .map(([words, between]) => words.join(between))
  const endless = [
    '('.repeat(2000),
    'not '.repeat(500) + 'name:x',
    'a:1 or '.repeat(300) + 'a:1',
    '"'.repeat(1999),
    'name:' + 'x'.repeat(1990),
  ]

  it('is read or refused at its place, whatever is written', async () => {
    const faults: string[] = []
    const post = (path: string) =>
      operations.find((one) => one.method === 'POST' && one.path === path) ?? expect.fail(path)
    for (const written of [...sample(text, runs * 40), ...endless]) {
      for (const object of ['opportunity', 'account']) {
        const ask = async (path: string, url: string, body: object) =>
          faultOf(post(path), { url, payload: JSON.stringify(body), headers: json })
        const found = [
          await ask('/api/v1/filters/read', '/api/v1/filters/read', { object, text: written }),
          await ask('/api/v1/filters/complete', '/api/v1/filters/complete', { object, text: written, cursor: 3 }),
          await ask('/api/v1/records/{object}/query', `/api/v1/records/${object}/query`, { text: written }),
        ]
        faults.push(...found.filter((one) => one !== undefined))
      }
    }
    expect(faults).toEqual([])
  }, 600_000)
})
