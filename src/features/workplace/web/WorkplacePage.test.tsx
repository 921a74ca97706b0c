import { afterEach, expect, it, vi } from 'vitest'
import { cleanup, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { answerNetwork, buildMe, renderScreen, type Asked } from '#testing/render-screen.tsx'
import type { Connection, SyncRun } from '../contract.ts'
import { WorkplacePage } from './WorkplacePage.tsx'

/** A machine with other work loads the parts of a page when it comes to it. */
const soon = { timeout: 10_000 }

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const blank: Connection = {
  brand: 'dingtalk',
  isConnected: false,
  corpId: null,
  appId: null,
  hasSecret: false,
  server: null,
  isSignInOn: false,
  isSyncOn: false,
  rootDepartment: null,
  unitId: null,
  role: 'representative',
  backUrl: 'http://localhost/sign-in/workplace',
  lastSuccessAt: null,
  lastFailureAt: null,
  lastFailure: null,
  lastFailureDetail: null,
  linkedPeople: 0,
  linkedUnits: 0,
  version: 0,
}
const wecom: Connection = {
  ...blank,
  brand: 'wecom',
  isConnected: true,
  corpId: 'ww1',
  appId: '1000002',
  hasSecret: true,
  isSignInOn: true,
  lastSuccessAt: '2026-03-04T02:00:00Z',
  lastFailureAt: '2026-03-05T02:00:00Z',
  lastFailure: { zh: '这台服务器不在可信 IP 中', en: 'This server is not among the trusted addresses' },
  lastFailureDetail: '60020 not allow to access from your ip',
  linkedPeople: 235,
  linkedUnits: 7,
  version: 1,
}
const held: SyncRun = {
  id: '019aa000-0000-7000-8000-000000000001',
  brand: 'wecom',
  isPreview: false,
  startedBy: 'schedule',
  state: 'held',
  counts: {
    departmentsRead: 1,
    peopleRead: 3,
    unitsAdded: 0,
    unitsRenamed: 0,
    unitsMoved: 0,
    unitsClosed: 6,
    peopleAdded: 0,
    peopleLinked: 0,
    peopleChanged: 0,
    peopleMoved: 0,
    peopleDeactivated: 200,
    failed: 0,
  },
  problem: null,
  detail: null,
  startedAt: '2026-03-05T02:00:00Z',
  finishedAt: '2026-03-05T02:00:05Z',
}

function show(at: string, more: (asked: Asked) => { readonly json: unknown; readonly status?: number } | undefined) {
  const log = answerNetwork((asked) => {
    const given = more(asked)
    if (given) return given
    if (asked.path === '/api/v1/workplaces') {
      return { json: { connections: [wecom, blank, { ...blank, brand: 'feishu' }] } }
    }
    if (asked.path === '/api/v1/workplaces/wecom/runs') return { json: { runs: [held] } }
    if (asked.path.startsWith('/api/v1/org/tree')) return { json: { units: [], unassigned: [] } }
    return undefined
  })
  renderScreen(<WorkplacePage />, { me: buildMe({ permissions: ['workplace.manage', 'org.read'] }), at })
  return log
}

it('says of each brand how it fares, the failure in words with its code', async () => {
  show('/workplace', () => undefined)
  const card = (await screen.findByRole('heading', { name: '企业微信' }, soon)).closest('section')
  if (!card) throw new Error('a brand has a card')
  const inCard = within(card)
  expect(inCard.getByText('已连接')).toBeDefined()
  expect(inCard.getByText('235 人，7 个单元')).toBeDefined()
  expect(inCard.getByText('这台服务器不在可信 IP 中')).toBeDefined()
  expect(inCard.getByText('60020 not allow to access from your ip')).toBeDefined()
  expect(screen.getByRole('button', { name: '连接钉钉' })).toBeDefined()
  expect(screen.getByRole('button', { name: '连接飞书' })).toBeDefined()
})

it('keeps the secret when it is left empty, and tries new credentials at once', async () => {
  const log = show('/workplace?brand=wecom', ({ method, path, body }) => {
    if (method === 'PUT') return { json: { ...wecom, ...Object(body), version: 2 } }
    if (path.endsWith('/test')) {
      const top = [{ id: '2', name: '华东大区' }]
      return { json: { isReached: true, departments: 7, people: 235, top, problem: null, detail: null } }
    }
    return undefined
  })
  const user = userEvent.setup()
  expect((await screen.findByLabelText<HTMLInputElement>('应用 Secret', {}, soon)).value).toBe('')
  const agent = screen.getByLabelText('应用 AgentId')
  await user.clear(agent)
  await user.type(agent, '1000003')
  expect(screen.getByRole('button', { name: '测试连接' })).toHaveProperty('disabled', true)
  await user.click(screen.getByRole('button', { name: /^保\s?存$/ }))
  expect(await screen.findByText('连接成功，能看到 7 个部门、235 人', {}, soon)).toBeDefined()
  const saved = log.find(({ method }) => method === 'PUT')?.body
  expect(saved).toMatchObject({ version: 1, corpId: 'ww1', appId: '1000003' })
  expect(saved).not.toHaveProperty('secret')
})

it('says at the field what the server refuses, and keeps what was entered', async () => {
  show('/workplace?brand=wecom', ({ method }) => {
    if (method !== 'PUT') return undefined
    const errors = [{ field: 'server', code: 'private', message: '不能是内网地址' }]
    return { status: 422, json: { code: 'WORKPLACE_REFUSED', title: '不行', errors } }
  })
  const user = userEvent.setup()
  const agent = await screen.findByLabelText<HTMLInputElement>('应用 AgentId', {}, soon)
  await user.type(agent, '9')
  await user.click(screen.getByRole('button', { name: /^保\s?存$/ }))
  expect((await screen.findAllByText('不能是内网地址', {}, soon)).length).toBeGreaterThan(0)
  expect(screen.getByLabelText<HTMLInputElement>('应用 AgentId').value).toBe('10000029')
})

it('a held run is carried out only after its figures were confirmed', async () => {
  const run = { ...held, problem: { zh: '将停用 200 人，多于三成', en: '200 people, more than a third' } }
  const log = show(`/workplace?brand=wecom&run=${held.id}`, ({ method, path }) => {
    if (path.endsWith(`/runs/${held.id}`)) return { json: { run, changes: [], next: null } }
    if (method === 'POST' && path.endsWith('/runs')) return { json: { ...held, state: 'queued' }, status: 202 }
    return undefined
  })
  const user = userEvent.setup()
  expect(await screen.findByText('已暂停，没有改动任何内容', {}, soon)).toBeDefined()
  await user.click(screen.getByRole('button', { name: '确认执行' }))
  expect(await screen.findByText(/将停用 200 人、关闭 6 个单元/, {}, soon)).toBeDefined()
  expect(log.some(({ method }) => method === 'POST')).toBe(false)
  // That of the question, which was asked last.
  const carryOut = screen.getAllByRole('button', { name: '确认执行' }).at(-1)
  if (!carryOut) throw new Error('it asks first')
  await user.click(carryOut)
  await vi.waitFor(() => {
    expect(log.find(({ method }) => method === 'POST')?.body).toEqual({ isPreview: false, confirm: true })
  })
})
