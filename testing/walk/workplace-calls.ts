import type { FastifyInstance } from 'fastify'
import { limitCalls } from '#platform/outside/post.ts'
import { openBrowser, type Browser } from '#testing/browser.ts'
import { buildPerson } from '#testing/workplace/directory.ts'
import { startWorkplace } from '#testing/workplace/start.ts'

/** Calls a route by `METHOD /path` so that it succeeds, as the office or as somebody before a browser. */
type Call = (key: string, values: Record<string, string>, body?: unknown, client?: Browser) => Promise<any>

interface WorkplaceCalls {
  readonly app: FastifyInstance
  readonly call: Call
  /** Slug of the company. */
  readonly company: string
  /** Does what the queue would do. */
  readonly workOff: (task: string, payload: Record<string, unknown>) => Promise<void>
  /** As if the sync had recognised somebody by an account of theirs. */
  readonly link: (brand: string, externalId: string) => Promise<void>
}

/** Every route of a workplace: it is connected, tried and looked at; somebody signs in by it; it is disconnected. */
export async function callWorkplace({ app, call, company, workOff, link }: WorkplaceCalls): Promise<void> {
  const brand = 'wecom'
  const workplace = await startWorkplace(brand, {
    departments: [
      { id: '1', parentId: null, name: '星河科技', order: 0 },
      { id: '2', parentId: '1', name: '华东大区', order: 0 },
    ],
    people: [buildPerson({ id: 'lin.zhiyuan', name: '林知远', departmentIds: ['2'] })],
  })
  limitCalls({ allowsPrivate: true, timeoutMs: 5000 })
  try {
    const { corpId, appId, secret, server } = workplace.app
    await call('GET /workplaces', {})
    await call('PUT /workplaces/:brand', { brand }, {
      ...{ version: 0, corpId, appId, secret, server, isSignInOn: true, isSyncOn: false },
      ...{ rootDepartment: null, unitId: null, role: 'representative' },
    }) // prettier-ignore
    await call('POST /workplaces/:brand/test', { brand })
    const { id } = await call('POST /workplaces/:brand/runs', { brand }, { isPreview: true })
    await workOff('workplace.sync', { id })
    await call('GET /workplaces/:brand/runs', { brand })
    await call('GET /workplaces/:brand/runs/:id', { brand, id })
    await link(brand, 'lin.zhiyuan')
    const browser = openBrowser(app)
    await call('GET /auth/workplaces', { company }, undefined, browser)
    const { url } = await call('POST /auth/workplace/begin', {}, { company, brand }, browser)
    const state = new URL(url).searchParams.get('state') ?? ''
    const answer = `?${workplace.signInAs('lin.zhiyuan', state)}`
    await call('POST /auth/workplace/finish', {}, { answer }, browser)
    await call('DELETE /workplaces/:brand', { brand })
  } finally {
    limitCalls({ allowsPrivate: false, timeoutMs: 10_000 })
    await workplace.close()
  }
}
