import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { RecordTalk } from './RecordTalk.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const both = (text: string) => ({ zh: text, en: text })
const account: ScreenObject = {
  key: 'account',
  label: both('客户'),
  labelOfMany: both('客户'),
  title: 'name',
  fields: [{ key: 'name', type: 'text', label: both('名称') }],
  defaultSort: [],
  can: { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true },
}
const activity: ScreenObject = {
  ...account,
  key: 'activity',
  title: 'subject',
  fields: [
    { key: 'subject', type: 'text', label: both('主题') },
    { key: 'doneOn', type: 'date', label: both('日期') },
    { key: 'accountId', type: 'reference', to: 'account', label: both('客户') },
  ],
}
const row = { id: 'a1', version: 1, createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z', names: {} }

it.each([
  ['older', true],
  [null, false],
])('tells whether it shows the newest activities only: cursor %s', async (cursor, isTold) => {
  answerNetwork(({ path }) => {
    if (path.endsWith('/objects')) return { json: { objects: [account, activity] } }
    if (path.endsWith('/activity/query')) {
      return { json: { rows: [{ ...row, id: 'v1', subject: '回访', doneOn: '2026-02-01' }], cursor } }
    }
    if (path.endsWith('/comments')) return { json: { comments: [], hasMore: false } }
    return { json: { units: [], unassigned: [] } }
  })
  renderScreen(<RecordTalk object={account} row={row} />)
  await screen.findByRole('button', { name: /回访/ })
  expect(screen.queryByText('只显示最新的 1 条跟进') !== null).toBe(isTold)
})
