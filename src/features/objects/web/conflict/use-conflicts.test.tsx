import { cleanup, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import type { ScreenObject } from '../use-objects.ts'
import { useConflicts, type Clash } from './use-conflicts.tsx'

const account: ScreenObject = {
  key: 'account',
  label: { zh: '客户', en: 'Account' },
  labelOfMany: { zh: '客户', en: 'Accounts' },
  title: 'name',
  fields: [
    { key: 'name', type: 'text', label: { zh: '名称', en: 'Name' }, required: true },
    { key: 'city', type: 'text', label: { zh: '城市', en: 'City' } },
    { key: 'industry', type: 'text', label: { zh: '行业', en: 'Industry' } },
  ],
  defaultSort: [],
  can: { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true },
}

const row = (id: string, values: Record<string, unknown>, version = 1) => {
  return { id, version, createdAt: '', updatedAt: '', names: {}, name: id, city: '杭州', ...values }
}

/** I paste 苏州 over 杭州; meanwhile somebody changed these. */
const clashOf = (id: string, theirs: Record<string, unknown>): Clash => {
  return { before: row(id, {}), mine: { city: '苏州' }, theirs: row(id, theirs, 2) }
}

function Pasting({ clashes }: { readonly clashes: readonly Clash[] }) {
  const { clashAll, dialog } = useConflicts(account)
  return (
    <>
      <button onClick={() => clashAll(clashes)}>粘贴</button>
      {dialog}
    </>
  )
}

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('saves at once what others changed elsewhere, and asks only where both changed a field', async () => {
  const asked = answerNetwork(({ method }) => (method === 'PATCH' ? { json: row('saved', {}, 3) } : undefined))
  const apart = clashOf('改了名称', { name: '新名' })
  const same = clashOf('也改成苏州', { city: '苏州' })
  renderScreen(<Pasting clashes={[apart, same, clashOf('改了城市', { city: '宁波' })]} />)
  await userEvent.click(await screen.findByRole('button', { name: '粘贴' }))
  expect(await screen.findByRole('dialog', { name: '改了城市' })).toBeDefined()
  expect(screen.getByText(/宁波/)).toBeDefined()
  const saved = () => asked.filter(({ method }) => method === 'PATCH')
  await waitFor(() => expect(saved()).toHaveLength(2))
  expect(saved().map(({ body }) => body)).toEqual([
    { version: 2, values: { city: '苏州' } },
    { version: 2, values: { city: '苏州' } },
  ])
})

it('says of no field that was not seen that others changed it', async () => {
  answerNetwork(() => undefined)
  renderScreen(<Pasting clashes={[clashOf('旧名', { name: '新名', city: '宁波', industry: '纺织' })]} />)
  await userEvent.click(await screen.findByRole('button', { name: '粘贴' }))
  const theirs = await screen.findByRole('definition')
  expect(theirs.textContent).toContain('新名')
  expect(screen.queryByText(/纺织/)).toBeNull()
})
