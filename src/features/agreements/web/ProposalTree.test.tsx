import { cleanup, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import type { ProposalRow } from '../contract.ts'
import { ProposalTree } from './ProposalTree.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

// The DOM of the tests has no layout; the rows that can be seen depend on a height.
vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(480)
vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(900)
vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(480)
vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1200)

const row: ProposalRow = {
  node: 'u1',
  kind: 'unit',
  name: '东一队',
  tier: '团队',
  parentId: null,
  topDown: '1200',
  bottomUp: '1000',
  gap: '200',
  rows: 1,
  missing: 0,
  proposal: null,
  submission: { state: 'submitted', by: { id: 'p2', name: '沈建华' }, at: '2026-03-05T01:00:00Z', comment: null },
  can: { propose: false, submit: false, sendBack: true },
}

const onScreen = (isPhone: boolean, shown: ProposalRow = row) => {
  const heard = { addEventListener: vi.fn(), removeEventListener: vi.fn() }
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: isPhone && query.includes('767px'), ...heard }))
  const log = answerNetwork(() => ({ json: {} }))
  renderScreen(<ProposalTree planId="p" unit="count" rows={[shown]} />)
  return log
}

it('has every figure and what may be done in one column of a phone', async () => {
  onScreen(true)
  expect(await screen.findAllByRole('columnheader')).toHaveLength(1)
  const cell = screen.getByRole('rowheader')
  expect(cell.textContent).toContain('自上而下 1,200 · 自下而上 1,000')
  expect(within(cell).getByRole('button', { name: '退回' })).toBeTruthy()
})

it('sends a unit back with a word, and not without', async () => {
  const log = onScreen(false)
  await userEvent.click(await screen.findByRole('button', { name: '退回' }))
  const dialog = await screen.findByRole('dialog')
  const send = within(dialog).getByRole('button', { name: /退\s*回/ })
  expect(send).toHaveProperty('disabled', true)
  await userEvent.type(within(dialog).getByLabelText('说明'), '缺两位同事')
  await userEvent.click(send)
  await vi.waitFor(() => expect(log.at(-1)?.body).toEqual({ unit: 'u1', comment: '缺两位同事' }))
})

it('says who has not proposed, and hands nothing up while nobody has', async () => {
  const nothing = { ...row, bottomUp: null, gap: null, rows: 29, missing: 29, submission: null }
  onScreen(true, { ...nothing, can: { propose: false, submit: true, sendBack: false } })
  const cell = await screen.findByRole('rowheader')
  expect(cell.textContent).toContain('29 / 29 人未上报')
  expect(within(cell).getByRole('button', { name: '提交上级' })).toHaveProperty('disabled', true)
  expect(cell.textContent).toContain('还没有人上报，不能提交')
})
