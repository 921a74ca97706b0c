import { cleanup, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, buildMe, renderScreen } from '#testing/render-screen.tsx'
import { AccessPanel } from './AccessPanel.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const other = { id: 'p2', name: '林晓雯', isActive: true }

const answer = ({ path }: { readonly path: string }) => {
  if (path.endsWith('/access')) return { json: { reasons: [{ kind: 'own', words: '您是负责人' }] } }
  if (path.endsWith('/access/p2')) return { json: { person: other, reasons: [], obstacle: '负责人是王小禾' } }
  return { json: { units: [{ id: 'u1', name: '华东一队', people: [other] }], unassigned: [] } }
}

it('tells why I see a record, and to whoever may ask why somebody else does not', async () => {
  const user = userEvent.setup()
  answerNetwork(answer)
  renderScreen(<AccessPanel object="account" id="a1" />, {
    me: buildMe({ permissions: ['record.explain', 'org.read'] }),
  })
  expect(await screen.findByText('您是负责人')).toBeDefined()
  const others = within(screen.getByRole('region', { name: '别人能看到吗？' }))
  await user.click(others.getByRole('combobox', { name: '选择人员' }))
  await user.click(await screen.findByText('林晓雯 · 华东一队'))
  expect(await others.findByText('林晓雯看不到，因为：')).toBeDefined()
  expect(others.getByText('负责人是王小禾')).toBeDefined()
})

it('asks nothing about others of those who may not', async () => {
  answerNetwork(answer)
  renderScreen(<AccessPanel object="account" id="a1" />)
  await screen.findByText('您是负责人')
  expect(screen.queryByRole('region', { name: '别人能看到吗？' })).toBeNull()
})
