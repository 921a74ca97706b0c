import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { mappingSchema } from '#engine/transfer/mapping.ts'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { RunView } from './RunView.tsx'

const run = {
  id: 'r1', setId: 's1', setName: null, fileName: 'deals.csv', object: 'opportunity', isDry: false, state: 'done',
  rowsTotal: 3, rowsRead: 3, created: 2, updated: 1, unchanged: 0, rejected: 0, skipped: 0, problem: null,
  createdByName: null, createdAt: '2026-03-05T02:00:00Z', startedAt: null, finishedAt: '2026-03-05T02:00:00Z', notes: [],
  mapping: mappingSchema.parse({ object: 'opportunity' }), isFileKept: true, undoableUntil: '2026-04-04T02:00:00Z', undo: null,
} // prettier-ignore
const undone = { state: 'done', entriesTotal: 3, entriesDone: 3, removed: 1, restored: 1, skipped: 1, finishedAt: null }
const changed = { field: '', code: 'changedSince', label: { zh: '之后被{name}修改过', en: '' }, params: { name: '丁' } }

it('an import is undone after saying what that does, and lists what stayed', async () => {
  let isUndone = false
  const log = answerNetwork(({ method, path }) => {
    if (path.includes('/undo') && method === 'POST') isUndone = true
    if (path.includes('/undo') && method === 'GET') {
      const skipped = [{ object: 'opportunity', recordId: 'o1', title: '商机一', faults: [changed] }]
      return { json: { records: 3, touched: 1, skipped: isUndone ? skipped : [] } }
    }
    const shown = isUndone ? { ...run, undoableUntil: null, undo: undone } : run
    return { json: path.includes('/sets/') ? { setId: 's1', imports: [shown] } : shown }
  })
  renderScreen(<RunView setId="s1" targets={[]} onAgain={() => undefined} />)
  await userEvent.click(await screen.findByRole('button', { name: /撤销这次导入/ }))
  expect(await screen.findByText('新建的 2 条记录会移入回收站。')).toBeDefined()
  expect(screen.getByText('更新过的 1 条记录会恢复导入前的内容。')).toBeDefined()
  expect(screen.getByText('其中 1 条之后被人改过，会保持现在的样子。')).toBeDefined()
  expect(log.filter(({ method }) => method === 'POST')).toEqual([])

  await userEvent.click(screen.getByRole('button', { name: '撤销 2 条' }))
  expect(await screen.findByText('已撤销：移除 1 条，恢复 1 条')).toBeDefined()
  expect(await screen.findByText('商机一')).toBeDefined()
  expect(screen.getByText('之后被丁修改过')).toBeDefined()
  await waitFor(() => expect(screen.queryByRole('button', { name: /撤销这次导入/ })).toBeNull())
  expect(log.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual(['/api/v1/imports/r1/undo'])
})
