import { cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen, type Asked } from '#testing/render-screen.tsx'
import type { Appeal } from '../contract.ts'
import { DecisionForm } from './DecisionForm.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

type Measured = Pick<Appeal['plan'], 'measure' | 'unit' | 'rule'>

const money: Measured = { measure: 'money', unit: '0.01', rule: { nodes: 'sum', periods: 'sum', better: 'higher' } }
const rate: Measured = {
  measure: 'percent',
  unit: '0.0001',
  rule: { nodes: 'same', periods: 'average', better: 'higher' },
}

const buildAppeal = (plan: Measured, [standing, asked]: readonly [string, string]): Appeal => ({
  id: 'a1',
  plan: { id: 'p', metric: 'm', metricLabel: { zh: '指标', en: 'Metric' }, year: 2026, yearLabel: { zh: '2026年', en: '2026' }, ...plan }, // prettier-ignore
  node: 'u1.p2',
  name: '甲',
  unitName: '东一队',
  appellant: { id: 'p2', name: '甲' },
  from: 7,
  fromLabel: { zh: '7月', en: 'July' },
  fromDay: '2026-07-01',
  standing,
  asked,
  granted: null,
  state: 'open',
  decideBy: '2026-06-22',
  isOverdue: false,
  decider: null,
  decidedBy: null,
  decidedAt: null,
  createdAt: '2026-06-15T04:00:00Z',
  version: 1,
  can: { decide: true, escalate: false, withdraw: false },
})

const row = { node: 'u1.p2', name: '甲', kind: 'person' }
const carryOf = (body: unknown) => (body as { readonly carry?: string }).carry ?? 'siblings'
const asked = (log: readonly Asked[], last: string) => log.filter(({ path }) => path.endsWith(last)).at(-1)?.body

it('grants out of the buffer above where that holds something, and offers nothing that would be refused', async () => {
  const buffer = { node: 'u1', name: '东一队', before: '120', after: '60' }
  const refused = [{ carry: 'parents', reason: '这一行由上级确定' }]
  const figures = { before: '1320', after: '1260', restBefore: '660', restAfter: '600' }
  const log = answerNetwork(({ path, body }) =>
    path.endsWith('/preview')
      ? { json: { version: 3, carry: carryOf(body), refused, rows: [{ ...row, ...figures }], buffer } }
      : { json: {} },
  )
  renderScreen(<DecisionForm appeal={buildAppeal(money, ['660', '600'])} onDone={() => undefined} />)
  await screen.findByText(/东一队的超额：120 → 60/)
  expect(screen.getByRole('radio', { name: '上级总额随动' })).toHaveProperty('disabled', true)
  expect(screen.getByText('不能选“上级总额随动”：这一行由上级确定')).toBeTruthy()
  await userEvent.click(screen.getByText('上级的超额'))
  await vi.waitFor(() => expect(asked(log, '/preview')).toMatchObject({ carry: 'buffer' }))
  await userEvent.type(screen.getByLabelText('决定的理由'), '属实')
  await userEvent.click(screen.getByRole('button', { name: '决定' }))
  await vi.waitFor(() => expect(asked(log, '/decide')).toMatchObject({ carry: 'buffer', planVersion: 3 }))
})

it('keeps who was chosen to carry it while the amount is typed, and says where another does instead', async () => {
  const log = answerNetwork(({ path, body }) => {
    if (!path.endsWith('/preview')) return { json: {} }
    const { total, carry } = body as { readonly total: string; readonly carry?: string }
    const refused = Number(total) > 600 ? [{ carry: 'parents', reason: '这一行由上级确定' }] : []
    if (carry === 'parents' && refused.length > 0) return { status: 422, json: { code: 'AMENDMENT_REFUSED' } }
    return { json: { version: 3, carry: carryOf(body), refused, rows: [], buffer: null } }
  })
  renderScreen(<DecisionForm appeal={buildAppeal(money, ['660', '600'])} onDone={() => undefined} />)
  await userEvent.click(await screen.findByText('部分同意'))
  await userEvent.click(await screen.findByText('上级总额随动'))
  const field = screen.getByLabelText('改为')
  await userEvent.clear(field)
  await userEvent.type(field, '500')
  await vi.waitFor(() => expect(asked(log, '/preview')).toEqual({ total: '500', carry: 'parents' }))
  await userEvent.type(field, '0')
  expect(await screen.findByText('这个数额不能由“上级总额随动”承担，改由“同级分担”承担')).toBeTruthy()
  await userEvent.type(field, '{Backspace}')
  await vi.waitFor(() => expect(screen.getByRole('radio', { name: '上级总额随动' })).toHaveProperty('checked', true))
  await userEvent.type(screen.getByLabelText('决定的理由'), '属实')
  await userEvent.click(screen.getByRole('button', { name: '决定' }))
  await vi.waitFor(() => expect(asked(log, '/decide')).toMatchObject({ carry: 'parents', total: '500' }))
})

it('reads and writes a rate in percent, and asks nobody to carry it', async () => {
  const figures = { before: '0.3', after: '0.25', restBefore: '0.3', restAfter: '0.25' }
  const log = answerNetwork(({ path }) =>
    path.endsWith('/preview')
      ? { json: { version: 3, carry: 'siblings', refused: [], rows: [{ ...row, ...figures }], buffer: null } }
      : { json: {} },
  )
  renderScreen(<DecisionForm appeal={buildAppeal(rate, ['0.3', '0.25'])} onDone={() => undefined} />)
  expect(await screen.findByText('→ 25%')).toBeTruthy()
  expect(screen.getByText(/没有人承担差额/)).toBeTruthy()
  expect(screen.queryByText('同级分担')).toBeNull()
  await userEvent.click(screen.getByText('部分同意'))
  const field = screen.getByLabelText('改为')
  expect(field).toHaveProperty('value', '25%')
  await userEvent.clear(field)
  await userEvent.type(field, '28')
  await vi.waitFor(() => expect(asked(log, '/preview')).toMatchObject({ total: '0.28' }))
})
