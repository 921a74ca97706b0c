import { beforeAll, describe, expect, it } from 'vitest'
import { createKey } from '#platform/auth/key-store.ts'
import { testApp } from '#testing/test-app.ts'
import { populated, type Populated } from '#testing/walk/populated.ts'

const { database, as, anybody } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
const { body: document } = await anybody.get('/api/openapi.json')
let here: Populated

beforeAll(async () => {
  here = await populated(database, 'here', as)
})

type Operation = Record<string, any>
const operations: readonly (readonly [string, Operation])[] = Object.entries<Record<string, Operation>>(
  document.paths,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, operation] as const),
)

function refsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
  )
}

/** Whether a shape has a text of such a name. */
function secretsIn(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(
    ([key, inner]) =>
      (/^(secret|password|link|codes)$/.test(key) && JSON.stringify(inner).includes('"string"')) || secretsIn(inner),
  )
}

function isThere(root: unknown, pointer: string): boolean {
  const keys = pointer.slice(2).split('/')
  return keys.reduce<any>((at, key) => at?.[key], root) !== undefined
}

describe('the description of the API', () => {
  it.each(operations)('tells of %s what it is, who may call it, how it answers and refuses', (_name, operation) => {
    expect(operation['summary']).toMatch(/\w/)
    expect(operation['description']).toMatch(/\p{Script=Han}/u)
    expect(document.tags.map(({ name }: { name: string }) => name)).toContain(operation['tags'][0])
    expect(operation['security']).toBeDefined()
    const [success] = Object.keys(operation['responses'])
    expect(Number(success)).toBeLessThan(300)
    expect(Object.keys(operation['responses'])).toEqual(expect.arrayContaining(['429', '4XX']))
  })

  it('lets no answer that holds a secret be kept to be given again', () => {
    const kept = operations.filter(([, { parameters = [] }]) =>
      parameters.some(({ $ref }: { $ref?: string }) => $ref === '#/components/parameters/IdempotencyKey'),
    )
    expect(kept.length).toBeGreaterThan(50)
    const shows = kept.filter(([, { responses }]) => secretsIn(Object.values(responses)[0]))
    expect(shows.map(([name]) => name)).toEqual([])
  })

  it('names each operation once, and points only at what is there', () => {
    const ids = operations.map(([, operation]) => operation['operationId'])
    expect(new Set(ids).size).toBe(ids.length)
    const refs = [...new Set(refsIn(document))]
    expect(refs).toContain('#/components/schemas/Filter')
    expect(refs.filter((ref) => !isThere(document, ref))).toEqual([])
  })

  it('has the objects and fields of the company for whoever belongs to it, and for nobody else', async () => {
    const office = as(here.somebody('管'))
    const label = { zh: '机器', en: 'Machine' }
    const { body: object } = await office.post('/shape/objects', { label })
    const definition = { label: { zh: '功率', en: 'Power' }, type: 'number' }
    const { body: field } = await office.post(`/shape/objects/${object.key}/fields`, { definition })
    const { body: own } = await office.get('/api/openapi.json')
    expect(own.components.schemas[object.key].properties[field.key].description).toBe('Power · 功率')
    expect(own.components.schemas[`${object.key}.values`].properties).toHaveProperty(field.key)
    expect(own.paths[`/api/v1/records/${object.key}`].post.summary).toContain('机器')
    expect(refsIn(own).filter((ref) => !isThere(own, ref))).toEqual([])
    expect((await office.get('/api/docs/json')).body).toEqual(own)
    expect((await anybody.get('/api/docs/json')).body).toEqual(document)
    expect(JSON.stringify(document)).not.toContain('功率')
  })

  it('has no more of them than a key reaches', async () => {
    const wanted = { ...here.somebody('管'), name: 'x', scopes: ['product:read'], expiresAt: null }
    const { secret } = await createKey(database.db, wanted)
    const { body } = await anybody.get('/api/openapi.json', { authorization: `Bearer ${secret}` })
    expect(body.components.schemas).toHaveProperty('product')
    expect(body.components.schemas).not.toHaveProperty('account')
  })
})

describe('problems', () => {
  it('lead to a page that explains every code in both languages, without script or style', async () => {
    const refused = await anybody.get('/nothing')
    const [path, code] = String(refused.body.type).split('#')
    const page = await anybody.get(path ?? '')
    expect(page.headers['content-type']).toContain('text/html')
    expect(page.body).toContain(`id="${code}"`)
    expect(page.body).toMatch(/RECORD_CHANGED[^\n]*changed this record[^\n]*别人刚刚修改了/)
    expect(page.body).not.toMatch(/<script|<style|style=/)
  })

  const account = '/records/account'
  it.each([
    ['TOO_LARGE', 413, () => JSON.stringify({ values: { note: 'x'.repeat(2_100_000) } }), 'application/json'],
    ['MEDIA_TYPE_REFUSED', 415, () => 'a,b', 'text/csv'],
    ['BAD_REQUEST', 400, () => '{"a":', 'application/json'],
  ])('%s is told in the language of the caller', async (code, status, body, type) => {
    const titles = await Promise.all(
      ['zh', 'en'].map(async (language) => {
        const sent = { 'content-type': type, 'accept-language': language }
        const answer = await as(here.somebody('管')).post(account, body(), sent)
        expect(answer).toMatchObject({ status, code })
        expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
        return String(answer.body.title)
      }),
    )
    expect(titles[0]).toMatch(/\p{Script=Han}/u)
    expect(titles[1]).toMatch(/^[A-Z][\w ,;.]+/)
  })
})
