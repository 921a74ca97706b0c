import { cleanup, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { HistoryList } from './HistoryList.tsx'
import type { ScreenObject } from './use-objects.ts'

const both = (text: string) => ({ zh: text, en: text })
const can = { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true }
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
  action: 'updated',
  personId: null,
  personName: '王小禾',
  before: { users__c: null, uses__c: null, on__c: null },
  after: { users__c: ['a1', 'gone'], uses__c: ['p'], on__c: true },
  erased: [],
  operationId: 'o1',
  kind: 'import',
  via: 'page',
  run: { kind: 'import', id: 'r1', operationId: 'o1' },
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
  expect(screen.getByText(/导入/)).toBeDefined()
})

it('tells of a merge and leads to its undo', async () => {
  const user = userEvent.setup()
  const run = { kind: 'merge', id: 'm9', operationId: 'o9' }
  const merged = { ...entry, action: 'merged', before: null, after: { merged: ['m2'] }, kind: 'merge', run }
  const operation = { id: 'o9', run: { kind: 'merge', id: 'm9' }, at: entry.at, personName: '王小禾', records: 3 }
  const faults = [{ field: '', code: 'changedSince', message: '之后被李四修改过' }]
  const skipped = [{ object: 'account', id: 'a1', title: '大田农场', faults }]
  const undo = { state: 'done', changesTotal: 3, changesDone: 3, restored: 2, skipped: 1 }
  const asked = answerNetwork(({ path, method }) => {
    if (path.endsWith('/history')) return { json: { entries: [merged] } }
    if (path.endsWith('/o9/undo') && method === 'GET') return { json: { undo, skipped } }
    if (path.includes('/operations/')) return { json: { ...operation, undo: method === 'POST' ? undo : null } }
    return { json: { objects: [account, machine], units: [], unassigned: [] } }
  })
  renderScreen(<HistoryList object={machine} row={row} />)
  expect(await screen.findByText(/把其他记录合并到这条/)).toBeDefined()
  await user.click(screen.getByRole('button', { name: '查看整次操作' }))
  expect(await screen.findByText('合并，涉及 3 条记录')).toBeDefined()
  await user.click(screen.getByRole('button', { name: '撤销整次操作' }))
  expect(await screen.findByText('之后被李四修改过')).toBeDefined()
  expect(asked.filter(({ path }) => path.endsWith('/o9/undo')).map(({ method }) => method)).toEqual(['POST', 'GET'])
})

it.each([true, false])('tells whether it shows the newest only: %s', async (hasMore) => {
  answerNetwork(({ path }) => {
    if (path.endsWith('/history')) return { json: { entries: [entry], hasMore } }
    if (path.endsWith('/objects')) return { json: { objects: [account, machine] } }
    return { json: { units: [], unassigned: [], rows: [], cursor: null } }
  })
  renderScreen(<HistoryList object={machine} row={row} />)
  await screen.findByText(/王小禾/)
  expect(screen.queryByText('只显示最新的 1 条') !== null).toBe(hasMore)
})

it('undoes one change, and keeps of it what changed again unless told', async () => {
  const user = userEvent.setup()
  const overtaken = { version: 5, fields: [{ field: 'on__c', before: null, after: true, now: false }] }
  const asked = answerNetwork(({ path, body }) => {
    if (path.endsWith('/history')) return { json: { entries: [{ ...entry, run: null }] } }
    if (path.endsWith('/undo')) {
      const isChosen = typeof body === 'object' && body !== null && 'fields' in body
      return isChosen ? { json: row } : { status: 409, json: { code: 'CHANGE_OVERTAKEN', details: overtaken } }
    }
    if (path.endsWith('/objects')) return { json: { objects: [account, machine] } }
    return { json: { units: [], unassigned: [], rows: [], cursor: null } }
  })
  renderScreen(<HistoryList object={machine} row={row} />)
  await user.click(await screen.findByRole('button', { name: /^撤销这次修改/ }))
  const choice = within(await screen.findByRole('group', { name: '在用' }))
  expect(choice.getByRole<HTMLInputElement>('radio', { name: '现在：否' }).checked).toBe(true)
  expect(choice.getByRole('radio', { name: '修改前：（空）' })).toBeDefined()
  await user.click(screen.getByRole('button', { name: '按选择恢复' }))
  await screen.findByText('已撤销')
  expect(asked.filter(({ path }) => path.endsWith('/undo')).map(({ body }) => body)).toEqual([
    {},
    { version: 5, fields: ['users__c', 'uses__c'] },
  ])
})

it('tells of files that came and went, and calls the files of a field by their names', async () => {
  const withFiles: ScreenObject = { ...machine, fields: [{ key: 'scans__c', type: 'file', label: both('扫描件') }] }
  const attached = {
    ...entry,
    id: 'h2',
    action: 'attached',
    before: null,
    after: { file: { id: 'f1', name: '合同.pdf' } },
  }
  const detached = {
    ...entry,
    id: 'h3',
    action: 'detached',
    before: { file: { id: 'f1', name: '旧.pdf' } },
    after: null,
  }
  const changed = { ...entry, action: 'updated', before: { scans__c: null }, after: { scans__c: ['f2', 'gone'] } }
  answerNetwork(({ path }) => {
    if (path.endsWith('/history')) return { json: { entries: [attached, detached, changed] } }
    if (path.includes('/files?removed=true')) return { json: { files: [{ id: 'f2', name: '扫描.pdf' }] } }
    if (path.endsWith('/objects')) return { json: { objects: [withFiles] } }
    return { json: { units: [], unassigned: [] } }
  })
  renderScreen(<HistoryList object={withFiles} row={row} />)
  expect(await screen.findByText(/添加了附件“合同.pdf”/)).toBeDefined()
  expect(screen.getByText(/删除了附件“旧.pdf”/)).toBeDefined()
  expect(await screen.findByText('扫描件：（空） → 扫描.pdf、…')).toBeDefined()
})
