import { cleanup, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { RecordDrawer } from './RecordDrawer.tsx'
import { RecordShowPage } from './RecordShowPage.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const both = (text: string) => ({ zh: text, en: text })
const account = {
  key: 'account',
  label: both('客户'),
  labelOfMany: both('客户'),
  title: 'name',
  fields: [{ key: 'name', type: 'text', label: both('名称') }],
  defaultSort: [],
  can: { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true },
}
const row = { version: 1, createdAt: '2026-01-01', updatedAt: '2026-01-01', names: {} }

it('turns to a part of its own and leaves the page below at its part', async () => {
  answerNetwork(({ path }) => {
    if (path.endsWith('/objects')) return { json: { objects: [account] } }
    if (path.endsWith('/records/account/a1')) return { json: { ...row, id: 'a1', name: '华东机械' } }
    if (path.endsWith('/records/account/a2')) return { json: { ...row, id: 'a2', name: '大田农场' } }
    if (path.endsWith('/history')) return { json: { entries: [], hasMore: false } }
    return undefined
  })
  const { router } = renderScreen(
    <>
      <main>
        <RecordShowPage object="account" id="a1" />
      </main>
      <RecordDrawer object="account" id="a2" />
    </>,
    { at: '/?part=access&record=account:a2' },
  )
  const page = within(await screen.findByRole('main', { hidden: true }))
  const drawer = within(await screen.findByRole('dialog'))
  const shownIn = async (place: typeof page) =>
    (await place.findByRole('tab', { selected: true, hidden: true })).textContent
  expect([await shownIn(page), await shownIn(drawer)]).toEqual(['为什么能看到', '详情'])
  await userEvent.click(drawer.getByRole('tab', { name: '修改历史' }))
  await drawer.findByRole('tab', { name: '修改历史', selected: true })
  expect([await shownIn(page), await shownIn(drawer)]).toEqual(['为什么能看到', '修改历史'])
  expect(router.state.location.search).toEqual({ part: 'access', record: 'account:a2', recordPart: 'history' })
})
