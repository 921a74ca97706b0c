import { fastify } from 'fastify'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { answerProblems } from './problem.ts'
import { httpErrors, serve } from './serve.ts'

const route = defineRoute({
  method: 'GET',
  path: '/api/v1/fields/:field',
  summary: { zh: '田', en: 'A field' },
  access: { permission: 'field.read' },
  params: z.object({ field: z.coerce.number() }),
  reply: z.object({ field: z.number() }),
})

/** An app with one route and a gate that tells what it was asked. */
function appWith({ mayRead }: { readonly mayRead: boolean }) {
  const asked: string[] = []
  const app = fastify()
  app.decorate('served', [])
  app.decorate('gate', {
    contextOf: () => Promise.resolve({ language: 'en' } as Ctx),
    callerOf: () => undefined,
    prepare: () => Promise.resolve(void asked.push('prepare')),
    allow: () => {
      if (!mayRead) throw httpErrors.PERMISSION_MISSING({ permission: 'read' })
    },
  })
  answerProblems(app)
  serve(app, route, async (_, { params }) => (asked.push('act'), params))
  return { asked, get: (url: string) => app.inject({ url }) }
}

describe('a route', () => {
  it('works out what the actor sees before it acts', async () => {
    const { asked, get } = appWith({ mayRead: true })
    expect((await get('/api/v1/fields/7')).json()).toEqual({ field: 7 })
    expect(asked).toEqual(['prepare', 'act'])
  })

  it('refuses without that whoever lacks the permission, and what is not valid', async () => {
    const lacking = appWith({ mayRead: false })
    expect((await lacking.get('/api/v1/fields/7')).statusCode).toBe(403)
    const mistaken = appWith({ mayRead: true })
    expect((await mistaken.get('/api/v1/fields/seven')).statusCode).toBe(400)
    expect([...lacking.asked, ...mistaken.asked]).toEqual([])
  })
})
