import { afterEach, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { call } from './call.ts'
import { ApiProblem, faultOf } from './problem.ts'

const route = defineRoute({
  method: 'PATCH',
  path: '/api/v1/things/:id',
  summary: { zh: '改', en: 'Change' },
  access: 'signed-in',
  params: z.object({ id: z.string() }),
  query: z.object({ period: z.string().optional() }),
  body: z.object({ name: z.string() }),
  reply: z.object({ name: z.string() }),
})

afterEach(() => vi.unstubAllGlobals())

it('writes parameters, query and body where the route wants them', async () => {
  const fetched = vi.fn<typeof fetch>(async () => new Response('{"name":"a"}'))
  vi.stubGlobal('fetch', fetched)
  await expect(
    call(route, { params: { id: 'a/b' }, query: { period: '2017-Q2' }, body: { name: 'a' } }),
  ).resolves.toEqual({ name: 'a' })
  const [address, init] = fetched.mock.calls[0] ?? []
  expect(address).toBe('/api/v1/things/a%2Fb?period=2017-Q2')
  expect(init).toMatchObject({ method: 'PATCH', body: '{"name":"a"}' })
})

it('throws the refusal of the server with its fields', async () => {
  const refusal = {
    code: 'RECORD_INVALID',
    title: '有字段需要修改',
    errors: [{ field: 'values.name', code: 'required', message: '请填写名称' }],
    requestId: 'r1',
  }
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(refusal), { status: 422 }))
  const problem: unknown = await call(route, { params: { id: '1' }, body: { name: '' } }).catch(
    (caught: unknown) => caught,
  )
  expect(problem).toBeInstanceOf(ApiProblem)
  expect(problem).toMatchObject({ status: 422, code: 'RECORD_INVALID', requestId: 'r1' })
  expect(faultOf(problem, 'name')).toBe('请填写名称')
})

it('tells a lost network from a refusal', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('failed')))
  await expect(call(route, { params: { id: '1' }, body: { name: '' } })).rejects.toMatchObject({
    status: 0,
    code: 'OFFLINE',
  })
})

it('does not trip over an answer that is not JSON', async () => {
  vi.stubGlobal('fetch', async () => new Response('<html>', { status: 503 }))
  await expect(call(route, { params: { id: '1' }, body: { name: '' } })).rejects.toMatchObject({ status: 503 })
})
