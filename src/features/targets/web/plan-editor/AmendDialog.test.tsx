import { cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { summing, type PlanRule } from '#engine/metrics/plan-rule.ts'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { planTree } from '../../plan-tree.ts'
import { AmendDialog } from './AmendDialog.tsx'
import type { OpenPlan, PlanLine } from './open-plan.ts'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const line = (id: string, parentId: string | null): PlanLine => ({
  id,
  kind: 'unit',
  name: id,
  tier: null,
  parentId,
  isHead: false,
  buffer: 0,
  bases: [],
  canEdit: true,
})

function buildOpen(
  rule: PlanRule,
  measured: { readonly measure: 'money' | 'percent'; readonly unit: string },
): OpenPlan {
  const node = (id: string, parent: string | null, count: bigint) => ({
    id,
    parent,
    months: [count, count],
    locked: [false, false],
    buffer: 0n,
  })
  return {
    plan: {
      id: 'p',
      metric: 'm',
      metricLabel: { zh: '指标', en: 'Metric' },
      ...measured,
      year: 2026,
      yearLabel: { zh: '2026年', en: '2026' },
      rule,
      status: 'published',
      figures: 'current',
      asksProposals: false,
      version: 4,
      treeOn: '2026-01-01',
      levels: ['target'],
      total: null,
      updatedAt: '2026-01-01T00:00:00Z',
      updatedBy: null,
      can: { edit: false, manage: true },
    },
    months: ['2026-M01', '2026-M12'].map((key) => ({
      key,
      label: { zh: key, en: key },
      from: `${key.replace('M', '')}-01`,
      to: key === '2026-M12' ? '2027-01-01' : '2026-02-01',
      quarter: null,
    })),
    rows: [line('总部', null), line('东区', '总部')],
    tree: planTree([node('总部', null, 3000n), node('东区', '总部', 3000n)], rule),
  }
}

const typed = (log: ReturnType<typeof answerNetwork>) =>
  log.filter(({ path }) => path.endsWith('/preview')).at(-1)?.body

it('reads and writes a rate in percent, and asks nobody to carry it', async () => {
  const log = answerNetwork(() => ({ json: { version: 4, carry: 'siblings', refused: [], rows: [], buffer: null } }))
  const open = buildOpen(
    { nodes: 'same', periods: 'average', better: 'higher' },
    { measure: 'percent', unit: '0.0001' },
  )
  renderScreen(<AmendDialog open={open} chosen={line('东区', '总部')} onClose={() => undefined} />)
  expect(await screen.findByText('现在是 30%')).toBeTruthy()
  expect(screen.getByText(/没有人承担差额/)).toBeTruthy()
  expect(screen.queryByText('同级分担')).toBeNull()
  await userEvent.type(screen.getByLabelText('该期起的新目标'), '35')
  await vi.waitFor(() => expect(typed(log)).toMatchObject({ node: '东区', total: '0.35' }))
})

it('lets whoever can carry the difference, and says why others cannot', async () => {
  const refused = [
    { carry: 'siblings', reason: '没有同级可以分担差额' },
    { carry: 'buffer', reason: '没有超额分配' },
  ]
  const log = answerNetwork(() => ({ json: { version: 4, carry: 'parents', refused, rows: [], buffer: null } }))
  const open = buildOpen(summing, { measure: 'money', unit: '0.01' })
  renderScreen(<AmendDialog open={open} chosen={line('总部', null)} onClose={() => undefined} />)
  expect(await screen.findByText(/填写新目标后/)).toBeTruthy()
  await userEvent.type(screen.getByLabelText('该期起至年末的新目标合计'), '40')
  expect(await screen.findByText(/差额逐级加到上级/)).toBeTruthy()
  expect(typed(log)).toMatchObject({ total: '40' })
  expect(typed(log)).not.toHaveProperty('carry')
  expect(screen.getByText('不能选“同级分担”：没有同级可以分担差额')).toBeTruthy()
  expect(screen.getByRole('radio', { name: '同级分担' })).toHaveProperty('disabled', true)
})

it('keeps who was chosen to carry it while the amount is typed', async () => {
  const log = answerNetwork(({ body }) => {
    const { carry = 'siblings' } = body as { readonly carry?: string }
    return { json: { version: 4, carry, refused: [], rows: [], buffer: null } }
  })
  renderScreen(
    <AmendDialog
      open={buildOpen(summing, { measure: 'money', unit: '0.01' })}
      chosen={line('东区', '总部')}
      onClose={() => undefined}
    />,
  )
  const field = await screen.findByLabelText('该期起至年末的新目标合计')
  await userEvent.type(field, '4')
  await userEvent.click(await screen.findByText('上级总额随动'))
  await userEvent.type(field, '0')
  await vi.waitFor(() => expect(typed(log)).toMatchObject({ total: '40', carry: 'parents' }))
})
