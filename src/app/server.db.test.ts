import { describe, expect, it } from 'vitest'
import { testApp } from '#testing/test-app.ts'

const { anybody, app } = await testApp()

describe('the house', () => {
  it('lives and is ready', async () => {
    expect((await anybody.get('/healthz')).body).toEqual({ status: 'live' })
    expect((await anybody.get('/api/../readyz')).status).toBe(200)
  })

  it('describes every served route in OpenAPI', async () => {
    const { body } = await anybody.get('/api/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    for (const route of app.served) {
      const path = body.paths[route.path.replace(/:(\w+)/g, '{$1}')]
      expect(path?.[route.method.toLowerCase()]?.summary, `${route.method} ${route.path}`).toBe(route.summary.en)
    }
  })

  it('answers an unknown address of the API with a problem in the language of the caller', async () => {
    const english = await anybody.get('/nothing-here')
    expect(english).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' })
    const chinese = await anybody.get('/nothing-here', { 'accept-language': 'zh-CN' })
    expect(chinese.body.title).toMatch(/\p{Script=Han}/u)
  })

  it('forbids inline scripts and foreign frames', async () => {
    const policy = String((await anybody.get('/healthz')).headers['content-security-policy'])
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
  })

  it.each([
    ['broken JSON', '{"a":', 'application/json'],
    ['an unknown kind of content', 'a,b', 'text/csv'],
    ['a list instead of an object', '[1]', 'application/json'],
  ])('refuses %s without a failure of its own', async (_name, payload, type) => {
    for (const route of app.served.filter((each) => each.method !== 'GET')) {
      const answer = await app.inject({
        method: route.method,
        url: route.path.replace(/:\w+/g, 'x'),
        payload,
        headers: { 'content-type': type },
      })
      if (route.body !== undefined)
        expect(answer.statusCode, `${route.method} ${route.path}`).toBeGreaterThanOrEqual(400)
      expect(answer.statusCode, `${route.method} ${route.path}`).toBeLessThan(500)
    }
  })

  it('asks whoever is not signed in to sign in, on every route that is not public', async () => {
    for (const route of app.served.filter((each) => each.access !== 'public')) {
      const answer = await app.inject({ method: route.method, url: route.path.replace(/:\w+/g, 'x') })
      expect([route.path, answer.statusCode]).toEqual([route.path, 401])
    }
  })
})
