import { cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import type { PlanSummary } from '../../contract.ts'
import { AmendmentList } from './AmendmentList.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const plan: PlanSummary = {
  id: 'p',
  metric: 'm',
  metricLabel: { zh: '指标', en: 'Metric' },
  measure: 'money',
  year: 2026,
  yearLabel: { zh: '2026年', en: '2026' },
  unit: '0.01',
  rule: { nodes: 'sum', periods: 'sum', better: 'higher' },
  status: 'published',
  figures: 'current',
  version: 9,
  treeOn: '2026-01-01',
  levels: ['target'],
  total: null,
  updatedAt: '2026-01-01T00:00:00Z',
  updatedBy: null,
  can: { edit: false, manage: true },
}

const amended = (version: number, name: string, appealId: string | null) => ({
  id: `a${version}`,
  version,
  node: 'u1.p1',
  name,
  from: 2,
  fromDay: '2026-07-01',
  carry: 'buffer',
  before: ['1000', '1000'],
  after: ['1000', '800'],
  reason: '大客户停产',
  appealId,
  by: { id: 'p2', name: '沈建华' },
  at: '2026-06-15T04:00:00Z',
})

it('tells whose target changed, from when, from what to what, who carried it, and out of which appeal', async () => {
  answerNetwork(({ path }) =>
    path.includes('before=8')
      ? { json: { amendments: [amended(3, '邓颖', null)], next: null } }
      : { json: { amendments: [amended(8, '梁景行', 'x1')], next: 8 } },
  )
  renderScreen(<AmendmentList plan={plan} />)
  const line = (await screen.findByText('梁景行')).closest('li')
  expect(line?.textContent).toContain('梁景行')
  expect(line?.textContent).toContain('全年 2,000 → 1,800')
  expect(line?.textContent).toContain('上级的超额')
  expect(line?.textContent).toContain('大客户停产')
  expect(line?.textContent).toContain('沈建华')
  expect(screen.getByRole('link', { name: '查看申诉' }).getAttribute('href')).toContain('appeal=x1')
  await userEvent.click(screen.getByRole('button', { name: '更多' }))
  expect(await screen.findByText('邓颖')).toBeTruthy()
  expect(screen.getAllByRole('link')).toHaveLength(1)
  expect(screen.queryByRole('button', { name: '更多' })).toBeNull()
})
