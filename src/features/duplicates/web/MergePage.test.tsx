import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { MergePage } from './MergePage.tsx'

const both = (text: string) => ({ zh: text, en: text })
const account = {
  key: 'account',
  label: both('客户'),
  labelOfMany: both('客户'),
  title: 'name',
  fields: [{ key: 'name', type: 'text', label: both('名称') }],
  defaultSort: [],
  can: { read: true, create: true, update: true, delete: true, import: true, export: true },
}
const names: Readonly<Record<string, string>> = { a1: '海港泵业', a2: '海港泵业有限公司', a3: '海港泵业（香港）' }

it('leaves a record out of a group, and no more once two are left', async () => {
  const log = answerNetwork(({ path, body }) => {
    if (path.endsWith('/objects')) return { json: { objects: [account] } }
    if (!path.endsWith('/merges/preview')) return { json: {} }
    const { ids } = body as { ids: readonly string[] }
    const records = ids.map((id) => ({
      row: { id, version: 1, createdAt: '2026-01-01', updatedAt: '2026-01-01', names: {}, name: names[id] },
      protection: null,
      uses: [],
    }))
    return { json: { fields: ['name'], records, canProtect: false } }
  })
  renderScreen(<MergePage />, { at: '/merge?object=account&ids=a1,a2,a3' })
  await userEvent.click(await screen.findByRole('button', { name: '不合并“海港泵业（香港）”' }))
  expect(await screen.findByRole('button', { name: '合并 2 条为一条' })).toBeDefined()
  expect(screen.queryByText('海港泵业（香港）')).toBeNull()
  expect(screen.queryByRole('button', { name: /^不合并/ })).toBeNull()
  expect(log.filter(({ method }) => method === 'POST').at(-1)?.body).toEqual({ object: 'account', ids: ['a1', 'a2'] })
})
