import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { MergePage } from './MergePage.tsx'

const both = (text: string) => ({ zh: text, en: text })
const account = {
  key: 'account',
  label: both('客户'),
  labelOfMany: both('客户'),
  title: 'name',
  fields: [
    { key: 'name', type: 'text', label: both('名称') },
    { key: 'city', type: 'text', label: both('城市') },
  ],
  defaultSort: [],
  can: { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true },
}
const names: Readonly<Record<string, string>> = { a1: '海港泵业', a2: '海港泵业有限公司', a3: '海港泵业（香港）' }

afterEach(cleanup)

function answerPreviews() {
  return answerNetwork(({ path, body }) => {
    if (path.endsWith('/objects')) return { json: { objects: [account] } }
    if (!path.endsWith('/merges/preview')) return { json: {} }
    const { ids } = body as { ids: readonly string[] }
    const records = ids.map((id) => ({
      row: {
        id,
        version: 1,
        createdAt: '2026-01-01',
        updatedAt: '2026-01-01',
        names: {},
        name: names[id],
        city: `${id}市`,
      },
      protection: null,
      uses: [],
    }))
    return { json: { fields: ['name', 'city'], records, canProtect: false } }
  })
}

it('leaves a record out of a group, and no more once two are left', async () => {
  const log = answerPreviews()
  renderScreen(<MergePage />, { at: '/merge?object=account&ids=a1,a2,a3' })
  await userEvent.click(await screen.findByRole('button', { name: '不合并“海港泵业（香港）”' }))
  expect(await screen.findByRole('button', { name: '合并 2 条为一条' })).toBeDefined()
  expect(screen.queryByText('海港泵业（香港）')).toBeNull()
  expect(screen.queryByRole('button', { name: /^不合并/ })).toBeNull()
  expect(log.filter(({ method }) => method === 'POST').at(-1)?.body).toEqual({ object: 'account', ids: ['a1', 'a2'] })
})

it('keeps what was chosen when a record is left out, but for what named it, and adds nothing to the way back', async () => {
  answerPreviews()
  const { router } = renderScreen(<MergePage />, { at: '/merge?object=account&ids=a1,a2,a3' })
  const choice = (group: string, at: number) =>
    within(screen.getByRole('group', { name: group })).getAllByRole<HTMLInputElement>('radio')[at] ?? expect.fail()
  await screen.findByRole('group', { name: '名称' })
  const steps = router.history.length
  await userEvent.click(choice('保留的记录', 1))
  await userEvent.click(choice('名称', 0))
  await userEvent.click(choice('城市', 2))
  await userEvent.click(screen.getByRole('button', { name: '不合并“海港泵业（香港）”' }))
  await waitFor(() => expect(screen.queryByText('海港泵业（香港）')).toBeNull())
  expect(choice('保留的记录', 1).checked).toBe(true)
  expect(choice('名称', 0).checked).toBe(true)
  expect(choice('城市', 1).checked).toBe(true)
  expect(router.history.length).toBe(steps)
})
