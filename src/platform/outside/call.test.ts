import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startReceiver, type Receiver } from '#testing/receiver.ts'
import { callOutside, limitCalls, postOutside } from './post.ts'

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
  limitCalls({ allowsPrivate: true })
})
afterEach(() => {
  receiver.received.length = 0
  limitCalls({ allowsPrivate: true })
})
afterAll(async () => {
  limitCalls({ allowsPrivate: false })
  await receiver.close()
})

it('gets without a body and reads as much as is asked for', async () => {
  receiver.answer = () => ({ status: 200, body: '文'.repeat(50_000) })
  const answered = await callOutside(`${receiver.url}/list?id=1`, { method: 'GET', mostBytes: 1_000_000 })
  expect(answered).toMatchObject({ ok: true, status: 200, isCut: false, body: '文'.repeat(50_000) })
  expect(receiver.received[0]).toMatchObject({ path: '/list', body: '' })
  expect(receiver.received[0]?.headers['content-length']).toBeUndefined()
})

it('reads no more than is asked for, and says so', async () => {
  receiver.answer = () => ({ status: 200, body: 'x'.repeat(100_000) })
  const answered = await callOutside(receiver.url, { method: 'GET', mostBytes: 1000 })
  expect(answered).toMatchObject({ ok: true, isCut: true, body: 'x'.repeat(1000) })
})

it('reads the first 4,096 bytes of what is answered to a post', async () => {
  receiver.answer = () => ({ status: 200, body: 'x'.repeat(5000) })
  const answered = await postOutside(receiver.url, { body: '{}' })
  expect(answered.ok && answered.body.length).toBe(4096)
})

it('follows no redirect', async () => {
  receiver.answer = ({ path }) =>
    path === '/' ? { status: 302, headers: { location: `${receiver.url}/inside` } } : { status: 200 }
  expect(await callOutside(receiver.url, { method: 'GET', mostBytes: 100 })).toMatchObject({ ok: true, status: 302 })
  expect(receiver.received).toHaveLength(1)
})

it('calls nobody in a private network, by address or by name, unless it may', async () => {
  limitCalls({ allowsPrivate: false })
  const { port } = new URL(receiver.url)
  for (const address of [receiver.url, `https://127.0.0.1:${port}`, `https://localhost:${port}`, 'https://[::1]/']) {
    const answered = await callOutside(address, { method: 'GET', mostBytes: 100 })
    expect(answered).toMatchObject({ ok: false, problem: 'private-address' })
  }
  expect(receiver.received).toHaveLength(0)
})
