import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { HistoryList } from './HistoryList.tsx'
import type { ScreenObject } from './use-objects.ts'

const both = (text: string) => ({ zh: text, en: text })
const can = { read: true, create: true, update: true, delete: true, import: true, export: true }
const account: ScreenObject = {
  key: 'account',
  label: both('客户'),
  labelOfMany: both('客户'),
  title: 'name',
  fields: [{ key: 'name', type: 'text', label: both('名称') }],
  defaultSort: [],
  can,
}
const machine: ScreenObject = {
  ...account,
  key: 'machine__c',
  fields: [
    { key: 'users__c', type: 'multi_reference', to: 'account', label: both('使用客户') },
    { key: 'uses__c', type: 'multi_choice', choices: [{ key: 'p', label: both('犁') }], label: both('用途') },
    { key: 'on__c', type: 'yes_no', label: both('在用') },
  ],
}
const row = { id: 'm1', version: 2, createdAt: '2026-01-01', updatedAt: '2026-01-01', names: {} }
const entry = {
  id: 'h1',
  at: '2026-03-01T00:00:00Z',
  action: 'record.updated',
  personId: null,
  personName: '王小禾',
  before: { users__c: null, uses__c: null, on__c: null },
  after: { users__c: ['a1', 'gone'], uses__c: ['p'], on__c: true },
}

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('tells what changed in names and words, as far as they are known', async () => {
  answerNetwork(({ path }) => {
    if (path.endsWith('/history')) return { json: { entries: [entry] } }
    if (path.endsWith('/objects')) return { json: { objects: [account, machine] } }
    if (path.endsWith('/account/query'))
      return { json: { rows: [{ ...row, id: 'a1', name: '大田农场' }], cursor: null } }
    return { json: { units: [], unassigned: [] } }
  })
  renderScreen(<HistoryList object={machine} row={row} />)
  expect(await screen.findByText('使用客户：（空） → 大田农场、…')).toBeDefined()
  expect(screen.getByText('用途：（空） → 犁')).toBeDefined()
  expect(screen.getByText('在用：（空） → 是')).toBeDefined()
})
