import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { RecordRow, ScreenObject } from '#features/objects/web/index.tsx'
import { answerNetwork, renderScreen, type Asked } from '#testing/render-screen.tsx'
import type { SavedView } from '../contract.ts'
import { RecordListPage } from './RecordListPage.tsx'

const label = (zh: string) => ({ zh, en: zh })
const deal: ScreenObject = {
  key: 'opportunity',
  label: label('商机'),
  labelOfMany: label('商机'),
  title: 'name',
  fields: [
    { key: 'name', type: 'text', label: label('名称'), required: true, inList: true },
    { key: 'amount', type: 'money', label: label('金额'), inList: true },
    { key: 'note', type: 'text', label: label('备注'), inList: true },
    { key: 'status', type: 'text', label: label('状态'), readOnly: true, inList: true },
  ],
  defaultSort: [],
  can: { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true },
}
const rowOf = (at: number): RecordRow => ({
  id: `00000000-0000-4000-8000-00000000000${at}`,
  version: 3,
  createdAt: '2026-01-01',
  updatedAt: '2026-01-01',
  names: {},
  name: `单${at}`,
  amount: `${at}00`,
  note: null,
  status: '进行',
})
const rows = [1, 2, 3, 4].map(rowOf)
const view: SavedView = {
  id: '10000000-0000-4000-8000-000000000001',
  object: 'opportunity',
  name: '大单',
  kind: 'list',
  definition: { sort: [{ field: 'amount', descending: true }] },
  visibility: { to: 'private' },
  version: 2,
  createdBy: 'p1',
  createdByName: '王小禾',
  isFirst: false,
  gone: [],
  can: { change: true },
}

type Answer = (asked: Asked) => { readonly status?: number; readonly json: unknown } | undefined

/** The list page on a server that has four deals and a view; a test may answer some requests itself. */
async function openList(answer: Answer = () => undefined, { at = '/', views = [view] } = {}) {
  const asked = answerNetwork((request) => {
    const own = answer(request)
    if (own) return own
    const { method, path } = request
    if (path.endsWith('/objects')) return { json: { objects: [deal] } }
    if (path.includes('/views?')) return { json: { views, sharing: { units: [], everybody: false } } }
    if (path.endsWith('/query')) return { json: { rows, cursor: null } }
    if (path.endsWith('/totals')) return { json: { count: 4, sums: {}, figures: ['1000'] } }
    if (path.includes('/org/tree')) return { json: { units: [], unassigned: [] } }
    if (method === 'PATCH' && path.includes('/records/')) {
      const { values } = request.body as { values: object }
      return { json: { ...rows.find(({ id }) => path.endsWith(id)), ...values, version: 4 } }
    }
    return undefined
  })
  const screenView = renderScreen(<RecordListPage object="opportunity" />, { at })
  const grid = await screen.findByRole('grid')
  await within(grid).findByText('单1')
  const cell = (name: string, column: number) => {
    const line = within(grid).getByText(name).closest<HTMLElement>('[role="row"]')
    const found = line?.querySelector<HTMLElement>(`[data-column="${column}"]`)
    if (!found) throw new Error(`no cell ${name} ${column}`)
    return found
  }
  return { ...screenView, asked, grid, cell, user: userEvent.setup() }
}

const changes = (asked: readonly Asked[]) => asked.filter(({ method }) => method === 'PATCH').map(({ body }) => body)

// A grid without a size shows no rows.
vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(640)
vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1200)
vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(640)
vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(1200)

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('writes in a cell: Enter saves with the version that was seen and goes down, Esc leaves it as it was', async () => {
  const { asked, cell, user } = await openList()
  await user.click(cell('单1', 1))
  cell('单1', 1).focus()
  await user.keyboard('{F2}')
  const input = await within(cell('单1', 1)).findByRole('textbox')
  await user.clear(input)
  await user.type(input, '1.5万{Enter}')
  await waitFor(() => expect(changes(asked)).toEqual([{ version: 3, values: { amount: '15000' } }]))
  await waitFor(() => expect(cell('单1', 1).textContent).toContain('1.5万'))
  await waitFor(() => expect(document.activeElement).toBe(cell('单2', 1)))
  await user.keyboard('e')
  await user.type(await within(cell('单2', 1)).findByRole('textbox'), '9{Escape}')
  expect(within(cell('单2', 1)).queryByRole('textbox')).toBeNull()
  expect(changes(asked)).toHaveLength(1)
})

it('writes in the cell that an arrow key leads to, however fast the keys follow each other', async () => {
  const { asked, cell } = await openList()
  const frames: FrameRequestCallback[] = []
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame))
  cell('单1', 0).focus()
  fireEvent.keyDown(cell('单1', 0), { key: 'ArrowRight' })
  fireEvent.keyDown(cell('单1', 0), { key: 'e' })
  const input = await within(cell('单1', 1)).findByRole('textbox')
  act(() => frames.splice(0).forEach((frame) => frame(0)))
  expect(document.activeElement).toBe(input)
  expect(within(cell('单1', 1)).getByRole('textbox')).toBe(input)
  expect(changes(asked)).toEqual([])
})

it('goes on with Tab to the next cell that can be written in', async () => {
  const { asked, cell, user } = await openList()
  await user.dblClick(cell('单1', 1))
  await user.type(await within(cell('单1', 1)).findByRole('textbox'), '7')
  await user.tab()
  const next = await within(cell('单1', 2)).findByRole('textbox')
  await user.type(next, '记')
  await user.tab()
  await waitFor(() => expect(changes(asked)).toHaveLength(2))
  // The status is the system's: there Tab ends.
  expect(within(cell('单1', 3)).queryByRole('textbox')).toBeNull()
})

it('keeps what was typed where the server refuses it, and says why', async () => {
  const refusal = { code: 'RECORD_INVALID', title: '有字段需要修改', errors: [{ field: 'amount', code: 'tooSmall', message: '不能小于 0' }] } // prettier-ignore
  const { cell, user } = await openList(({ method }) =>
    method === 'PATCH' ? { status: 422, json: refusal } : undefined,
  )
  await user.dblClick(cell('单1', 1))
  const input = await within(cell('单1', 1)).findByRole('textbox')
  await user.clear(input)
  await user.type(input, '-5{Enter}')
  expect((await screen.findByRole('alert')).textContent).toBe('不能小于 0')
  expect(within(cell('单1', 1)).getByRole<HTMLInputElement>('textbox').value).toBe('-5')
})

it('asks about a cell that makes the record one that may be there already, and saves it once that is confirmed', async () => {
  const suspects = [{ id: 'x', title: '单9', ownerName: null }]
  const json = { code: 'RECORD_DUPLICATE', title: '可能重复', errors: [{ field: 'amount', code: 'suspected', message: '像单9' }], details: { canConfirm: true, suspects } } // prettier-ignore
  const { asked, cell, user } = await openList(({ method, body }) =>
    method === 'PATCH' && !(body as { confirmed?: boolean }).confirmed ? { status: 409, json } : undefined,
  )
  const write = async (text: string) => {
    await user.dblClick(cell('单1', 1))
    const input = await within(cell('单1', 1)).findByRole('textbox')
    await user.clear(input)
    await user.type(input, text)
  }
  await write('6{Enter}')
  await user.click(await screen.findByRole('button', { name: '不是重复，仍然保存' }))
  const sent = { version: 3, values: { amount: '6' } }
  await waitFor(() => expect(changes(asked)).toEqual([sent, { ...sent, confirmed: true }]))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())

  await write('8{Enter}')
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '关闭' }))
  await waitFor(() => expect(within(cell('单1', 1)).getByRole<HTMLInputElement>('textbox').value).toBe('8'))
  expect(changes(asked)).toHaveLength(3)
})

it('saves over a change of other fields, and shows both where the same cell was changed', async () => {
  const theirs = { ...rowOf(1), version: 9, note: '别的' }
  const same = { ...rowOf(2), version: 9, amount: '777' }
  const { asked, cell, user } = await openList(({ method, path, body }) => {
    const isStale = method === 'PATCH' && (body as { version: number }).version === 3
    if (!isStale) return undefined
    const current = path.endsWith(theirs.id) ? theirs : same
    return { status: 409, json: { code: 'RECORD_CHANGED', title: '已被修改', details: { current } } }
  })
  const write = async (name: string) => {
    await user.dblClick(cell(name, 1))
    const input = await within(cell(name, 1)).findByRole('textbox')
    await user.clear(input)
    await user.type(input, '5{Enter}')
  }
  await write('单1')
  await waitFor(() => expect(changes(asked).at(-1)).toEqual({ version: 9, values: { amount: '5' } }))
  await write('单2')
  expect(await screen.findByText('别人刚刚改过这条记录')).toBeDefined()
  await user.click(screen.getByRole('button', { name: '按选择保存' }))
  await waitFor(() => expect(changes(asked)).toHaveLength(4))
  expect(changes(asked).at(-1)).toEqual({ version: 9, values: { amount: '5' } })
})

it('selects by Space and Shift, and hands the ids to a bulk edit', async () => {
  const run = { id: view.id, object: 'opportunity', act: 'delete', changes: {}, state: 'done', rowsTotal: 3, changed: 3, unchanged: 0, refused: 0, createdByName: null, createdAt: '', finishedAt: '', undo: null } // prettier-ignore
  const { asked, cell, user } = await openList(({ path }) => {
    if (path.endsWith('/bulk/children')) return { json: { children: [], keptBy: [], moreThan: null } }
    return path.includes('/bulk') ? { json: run } : undefined
  })
  cell('单1', 0).focus()
  await user.click(cell('单1', 1))
  cell('单1', 1).focus()
  await user.keyboard(' {ArrowDown}{ArrowDown}')
  await waitFor(() => expect(document.activeElement).toBe(cell('单3', 1)))
  await user.keyboard('{Shift>} {/Shift}')
  const bar = await screen.findByRole('toolbar', { name: '批量操作' })
  expect(bar.textContent).toContain('已选 3 条')
  await user.click(within(bar).getByRole('button', { name: '删除' }))
  const dialog = within(await screen.findByRole('dialog'))
  await waitFor(() => expect(dialog.getByRole<HTMLButtonElement>('button', { name: '删除' }).disabled).toBe(false))
  await user.click(dialog.getByRole('button', { name: '删除' }))
  await waitFor(() =>
    expect(asked.find(({ path }) => path.endsWith('/opportunity/bulk'))?.body).toEqual({
      ids: rows.slice(0, 3).map(({ id }) => id),
      delete: true,
    }),
  )
  expect(await screen.findByText('已删除 3 条。')).toBeDefined()
})

it('shows before many records are deleted what goes with them, and what keeps some of them', async () => {
  const children = [{ object: 'opportunity', seen: 1200, deletable: 1000 }]
  const { asked, cell, user } = await openList(({ path }) =>
    path.endsWith('/bulk/children') ? { json: { children, keptBy: ['opportunity'], moreThan: null } } : undefined,
  )
  await user.click(cell('单1', 1))
  cell('单1', 1).focus()
  await user.keyboard(' ')
  await user.click(within(await screen.findByRole('toolbar', { name: '批量操作' })).getByRole('button', { name: '删除' })) // prettier-ignore
  const dialog = within(await screen.findByRole('dialog'))
  expect(await dialog.findByText('商机 1,200 条，其中您可以删除 1,000 条')).toBeDefined()
  expect(dialog.getByText(/有些会留下：还有商机/)).toBeDefined()
  await user.click(dialog.getByRole('button', { name: '连同 1,000 条一起删除' }))
  await waitFor(() =>
    expect(asked.find(({ path }) => path.endsWith('/opportunity/bulk'))?.body).toMatchObject({
      delete: true,
      along: { opportunity: 1000 },
    }),
  )
})

it.each([
  ['what belongs to them is too much to be counted', { json: { children: [], keptBy: [], moreThan: 20_000 } }],
  ['nothing can be said about them', { status: 500, json: { code: 'INTERNAL', message: 'x' } }],
])('deletes what no records belong to also when %s', async (_, answer) => {
  const { asked, cell, user } = await openList(({ path }) => (path.endsWith('/bulk/children') ? answer : undefined))
  await user.click(cell('单1', 1))
  cell('单1', 1).focus()
  await user.keyboard(' ')
  await user.click(within(await screen.findByRole('toolbar', { name: '批量操作' })).getByRole('button', { name: '删除' })) // prettier-ignore
  const dialog = within(await screen.findByRole('dialog'))
  await user.click(await dialog.findByRole('button', { name: '只删除没有下属记录的' }))
  await waitFor(() =>
    expect(asked.find(({ path }) => path.endsWith('/opportunity/bulk'))?.body).toEqual({
      ids: [rows[0]?.id],
      delete: true,
    }),
  )
})

it('copies a range of cells as a spreadsheet takes it, and shows a pasted block before it is saved', async () => {
  const { asked, cell, user } = await openList()
  await user.click(cell('单1', 0))
  cell('单1', 0).focus()
  await user.keyboard('{Shift>}{ArrowDown}{ArrowRight}{/Shift}')
  const kept = new Map<string, string>()
  const clipboardData = {
    setData: (type: string, text: string) => void kept.set(type, text),
    getData: () => '800\t好\nmany\t坏',
  }
  await waitFor(() => expect(document.activeElement).toBe(cell('单2', 1)))
  fireEvent.copy(cell('单2', 1), { clipboardData })
  expect(kept.get('text/plain')).toBe('单1\t100\n单2\t200')

  await user.keyboard('{Escape}')
  await user.click(cell('单3', 1))
  cell('单3', 1).focus()
  fireEvent.paste(cell('单3', 1), { clipboardData })
  const dialog = await screen.findByRole('dialog')
  expect(await within(dialog).findByText('“many”不是数字')).toBeDefined()
  await user.click(within(dialog).getByRole('button', { name: '保存 3 格' }))
  await waitFor(() =>
    expect(asked.find(({ path }) => path.endsWith('/opportunity/rows'))?.body).toEqual({
      rows: [
        { id: rows[2]?.id, version: 3, values: { amount: '800', note: '好' } },
        { id: rows[3]?.id, version: 3, values: { note: '坏' } },
      ],
    }),
  )
})

it('marks a view that is changed, saves it with the version that was seen, and takes changes back', async () => {
  const { asked, router, user } = await openList(
    ({ method, path }) =>
      method === 'PATCH' && path.includes('/views/') ? { json: { ...view, version: 3 } } : undefined,
    { at: `/?view=${view.id}` },
  )
  const tab = screen.getByRole('tab', { name: /大单/ })
  expect(tab.getAttribute('aria-selected')).toBe('true')
  expect(tab.textContent).not.toContain('未保存')
  await user.click(screen.getByRole('button', { name: /^名称(升序)?$/ }))
  await waitFor(() => expect(tab.textContent).toContain('未保存'))
  expect(router.state.location.searchStr).toContain('sort=name')
  await user.click(screen.getByRole('button', { name: '还原' }))
  await waitFor(() => expect(tab.textContent).not.toContain('未保存'))
  await user.click(screen.getByRole('button', { name: /^名称(升序)?$/ }))
  await user.click(await screen.findByRole('button', { name: '保存' }))
  await waitFor(() =>
    expect(changes(asked)).toEqual([
      { version: 2, kind: 'list', definition: { sort: [{ field: 'name', descending: false }] } },
    ]),
  )
})

it('says which fields of a view are gone', async () => {
  await openList(undefined, { views: [{ ...view, isFirst: true, gone: ['colour__c'] }] })
  expect(screen.getByText(/colour__c/)).toBeDefined()
})

it.each([
  [{ create: true, import: true }, '可以新建一条，或从 Excel、CSV 文件导入。'],
  [{ create: true, import: false }, '可以新建一条。'],
  [{ create: false, import: false }, '有了您能看到的记录，就会列在这里。'],
])('an empty list proposes what the reader may do: %o', async (can, text) => {
  answerNetwork(({ path }) => {
    if (path.endsWith('/objects')) return { json: { objects: [{ ...deal, can: { ...deal.can, ...can } }] } }
    if (path.includes('/views?')) return { json: { views: [], sharing: { units: [], everybody: false } } }
    if (path.endsWith('/query')) return { json: { rows: [], cursor: null } }
    if (path.endsWith('/totals')) return { json: { count: 0, sums: {}, figures: [] } }
    return undefined
  })
  renderScreen(<RecordListPage object="opportunity" />)
  expect(await screen.findByText(text)).toBeTruthy()
})
