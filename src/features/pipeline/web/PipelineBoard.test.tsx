import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen, type Asked } from '#testing/render-screen.tsx'
import { PipelineBoard } from './PipelineBoard.tsx'

const stages = [
  { id: 's1', name: '接触', kind: 'open' },
  { id: 's2', name: '方案', kind: 'open' },
  { id: 's3', name: '赢单', kind: 'won' },
  { id: 's4', name: '输单', kind: 'lost' },
]

interface Deal {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly stage: string
}

const times = { createdAt: '2026-03-01', updatedAt: '2026-03-01' }
let deals: readonly Deal[] = []
let asked: Asked[] = []

/** A server of four stages and three deals that knows how to move them. */
function answer({ method, path, body }: Asked) {
  const sent = body as { filter?: unknown; version?: number; values?: Record<string, string> }
  const row = (deal: Deal) => ({ ...deal, ...times, names: {}, amount: '100' })
  if (path.startsWith('/api/v1/objects')) {
    const can = { read: true, create: false, update: true, delete: true, transfer: true, import: false, export: false }
    const label = { zh: '商机', en: 'Deal' }
    const stage = { key: 'stage', type: 'reference', to: 'stage', label: { zh: '阶段', en: 'Stage' } }
    const object = {
      key: 'opportunity',
      label,
      labelOfMany: label,
      title: 'name',
      fields: [stage],
      defaultSort: [],
      can,
    }
    return { json: { objects: [object] } }
  }
  if (path.endsWith('/stage/query')) {
    return { json: { rows: stages.map((stage) => ({ ...stage, ...times, version: 1, names: {} })), cursor: null } }
  }
  if (path.endsWith('/opportunity/totals')) return { json: { count: 3, sums: {}, groups: [] } }
  if (path.endsWith('/opportunity/query')) {
    const stage = stages.find(({ id }) => JSON.stringify(sent.filter).includes(`"${id}"`))
    return { json: { rows: deals.filter((deal) => deal.stage === stage?.id).map(row), cursor: null } }
  }
  if (method !== 'PATCH') return undefined
  const deal = deals.find(({ id }) => path.endsWith(id))
  if (!deal || sent.version !== deal.version)
    return { status: 409, json: { code: 'RECORD_CHANGED', title: '已被修改', details: { current: deal && row(deal) } } }
  const moved = { ...deal, version: deal.version + 1, stage: sent.values?.['stage'] ?? '' }
  deals = deals.map((one) => (one.id === moved.id ? moved : one))
  return { json: row(moved) }
}

beforeEach(() => {
  deals = [
    { id: 'd1', name: '收割机', version: 3, stage: 's1' },
    { id: 'd2', name: '拖拉机', version: 1, stage: 's1' },
    { id: 'd3', name: '播种机', version: 1, stage: 's2' },
  ]
  asked = answerNetwork(answer)
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const moves = () => asked.filter(({ method }) => method === 'PATCH').map(({ body }) => body)
const card = (name: string) => screen.findByRole('button', { name: new RegExp(`^${name}`) })
const stageOf = async (name: string) => (await card(name)).closest('section')?.querySelector('h2')?.textContent

it('is walked by arrow keys and moves a deal by space, which stays in focus', async () => {
  const user = userEvent.setup()
  renderScreen(<PipelineBoard />)
  const first = await card('收割机')
  await card('播种机')
  first.focus()
  await user.keyboard('{ArrowDown}')
  expect(document.activeElement).toBe(await card('拖拉机'))
  await user.keyboard('{ArrowRight}')
  expect(document.activeElement).toBe(await card('播种机'))
  await user.keyboard('{ArrowLeft}')
  expect(document.activeElement).toBe(first)

  await user.keyboard(' {ArrowRight} ')
  await screen.findByText('“收割机”已移到 方案')
  expect(await stageOf('收割机')).toBe('方案')
  await waitFor(async () => expect(document.activeElement).toBe(await card('收割机')))
  await user.keyboard(' {ArrowRight} ')
  await screen.findByText('“收割机”已移到 赢单')
  expect(moves()).toEqual([
    { version: 3, values: { stage: 's2' } },
    { version: 4, values: { stage: 's3' } },
  ])
})

it('stays where it was when the move is given up', async () => {
  const user = userEvent.setup()
  renderScreen(<PipelineBoard />)
  ;(await card('收割机')).focus()
  await user.keyboard(' {ArrowRight}{Escape}')
  expect(await screen.findByText('已取消，留在 接触')).toBeTruthy()
  expect(moves()).toEqual([])
})

it('asks where to, and why a deal was lost', async () => {
  const user = userEvent.setup()
  renderScreen(<PipelineBoard />)
  await card('收割机')
  await user.click(screen.getByRole('button', { name: '移动“收割机”到…' }))
  const choice = await screen.findByRole('dialog')
  expect(within(choice).getByRole<HTMLButtonElement>('button', { name: /接触/ }).disabled).toBe(true)
  await user.click(within(choice).getByRole('button', { name: '输单' }))
  await user.click(await screen.findByRole('button', { name: '价格' }))
  await screen.findByText('“收割机”已移到 输单')
  expect(moves()).toEqual([{ version: 3, values: { stage: 's4', lostReason: '价格' } }])
})

it('shows both stages where somebody moved the deal first, and moves it only if that is chosen', async () => {
  const user = userEvent.setup()
  renderScreen(<PipelineBoard />)
  await card('收割机')
  deals = deals.map((deal) => (deal.id === 'd1' ? { ...deal, version: 4, stage: 's2' } : deal))
  ;(await card('收割机')).focus()
  await user.keyboard(' {ArrowRight}{ArrowRight} ')
  const both = within(await screen.findByRole('dialog', { name: '收割机' }))
  await user.click(both.getByRole('radio', { name: /我的值/ }))
  await user.click(both.getByRole('button', { name: '按选择保存' }))
  await waitFor(async () => expect(await stageOf('收割机')).toBe('赢单'))
  expect(moves()).toEqual([
    { version: 3, values: { stage: 's3' } },
    { version: 4, values: { stage: 's3' } },
  ])
})

it('asks about a deal that may be there already, and moves it once that is confirmed', async () => {
  const user = userEvent.setup()
  const suspects = [{ id: 'x', title: '旧收割机', ownerName: null }]
  const json = { code: 'RECORD_DUPLICATE', title: '可能重复', errors: [{ field: 'stage', code: 'suspected', message: '像旧收割机' }], details: { canConfirm: true, suspects } } // prettier-ignore
  asked = answerNetwork((request) =>
    request.method === 'PATCH' && !(request.body as { confirmed?: boolean }).confirmed
      ? { status: 409, json }
      : answer(request),
  )
  renderScreen(<PipelineBoard />)
  ;(await card('收割机')).focus()
  await user.keyboard(' {ArrowRight} ')
  await user.click(await screen.findByRole('button', { name: '不是重复，仍然保存' }))
  await waitFor(async () => expect(await stageOf('收割机')).toBe('方案'))
  expect(moves()).toEqual([
    { version: 3, values: { stage: 's2' } },
    { version: 3, values: { stage: 's2' }, confirmed: true },
  ])
})
