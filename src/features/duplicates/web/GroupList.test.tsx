import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { GroupList } from './GroupList.tsx'

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
const finishedAt = '2026-03-05T02:00:00Z'
const scan = { id: 's1', object: 'account', state: 'done', createdAt: finishedAt, finishedAt }

afterEach(cleanup)

it('counts the groups for those to whom they are told only', async () => {
  answerNetwork(() => ({ json: { scan: { ...scan, total: 9, done: 9, groups: 7 }, groups: [], next: null } }))
  renderScreen(<GroupList object={account} mayScan />)
  expect(await screen.findByText(/7 组疑似重复/)).toBeDefined()
  cleanup()
  answerNetwork(() => ({ json: { scan, groups: [], next: null } }))
  renderScreen(<GroupList object={account} mayScan={false} />)
  expect(await screen.findByText(/比较过/)).toBeDefined()
  cleanup()
  answerNetwork(() => ({ json: { scan: { ...scan, state: 'running' }, groups: [], next: null } }))
  renderScreen(<GroupList object={account} mayScan={false} />)
  expect(await screen.findByText('正在比较')).toBeDefined()
})
