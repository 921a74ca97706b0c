import { beforeAll, describe, expect, it } from 'vitest'
import { testApp } from '#testing/test-app.ts'
import { populated, type Populated } from '#testing/walk/populated.ts'

const perMinute = 40
const { database, as, anybody } = await testApp({ requestsPerMinute: perMinute })
let here: Populated

beforeAll(async () => {
  here = await populated(database, 'here', as)
})

describe('the requests of a minute', () => {
  it('are counted for each person alone, and told in headers', async () => {
    const client = as(here.somebody('丁'))
    await client.get('/me')
    const first = await client.get('/me')
    expect(Number(first.headers['ratelimit-limit'])).toBe(perMinute)
    const left = Number(first.headers['ratelimit-remaining'])
    expect(Number((await client.get('/me')).headers['ratelimit-remaining'])).toBe(left - 1)
    for (let at = 0; at < perMinute; at += 1) await client.get('/me')
    const refused = await client.get('/me', { 'accept-language': 'zh' })
    expect(refused).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' })
    expect(refused.body.title).toMatch(/\p{Script=Han}/u)
    expect(refused.body.type).toBe('/api/problems#TOO_MANY_REQUESTS')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await as(here.somebody('营')).get('/me')).status).toBe(200)
  })

  it('of whoever guesses keys are counted for the network that they come from', async () => {
    const guess = (key: number) => anybody.get('/me', { authorization: `Bearer terrace_${key}` })
    const statuses = new Set<number>()
    for (let key = 0; key < perMinute * 2 + 20; key += 1) statuses.add((await guess(key)).status)
    expect([...statuses].sort()).toEqual([401, 429])
  })
})
