import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, buildMe, renderScreen } from '#testing/render-screen.tsx'
import { SystemPage } from './SystemPage.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const backup = {
  id: '1', reason: 'scheduled', state: 'done', file: '/backups/a.tar.zst', host: 'server', share: 1, bytes: 1_234_567,
  lostCount: 0, problem: null, startedAt: '2026-06-14T18:30:00Z', finishedAt: '2026-06-14T18:31:00Z',
} // prettier-ignore
const failed = { ...backup, id: '2', state: 'failed', bytes: null, problem: 'ENOSPC' }
const installation = {
  databaseBytes: 5_000_000, eventsWaiting: 0, eventsParked: 0, jobsWaiting: 2, jobsRunning: 1, jobsFailed: 0,
  backupAt: '18:30', lastBackup: '2026-06-14T18:31:00Z', lastFailure: null, backups: [failed, backup],
} // prettier-ignore
const check = {
  id: '3', state: 'done', askedAt: '2026-06-14T18:30:00Z', finishedAt: '2026-06-14T18:31:00Z',
  found: [
    { key: 'ledger', label: { zh: '台账与汇总', en: 'Ledger' }, differences: 0 },
    { key: 'plans', label: { zh: '目标计划', en: 'Plans' }, differences: 3 },
  ],
} // prettier-ignore

function show(json: object) {
  const log = answerNetwork(({ method, path }) => {
    if (path === '/api/v1/system' && method === 'GET') return { json }
    return { status: 204, json: null }
  })
  renderScreen(<SystemPage />, { me: buildMe({ permissions: ['system.manage'] }) })
  return log
}

it('tells when a backup last went well, which failed and why, and what a check found', async () => {
  show({ version: '1.2.3', installation, check })
  expect(await screen.findByText('1.2 MB')).not.toBeNull()
  expect(screen.getByText('失败：ENOSPC')).not.toBeNull()
  expect(screen.getByText('每天 18:30（UTC）自动备份')).not.toBeNull()
  const plans = screen.getByText('目标计划').closest('li')
  expect(within(plans ?? document.body).getByText('3 处不一致')).not.toBeNull()
})

it('asks for a backup', async () => {
  const asked = show({ version: '1.2.3', installation: { ...installation, backups: [] }, check: null })
  await userEvent.click(await screen.findByRole('button', { name: '立即备份' }))
  await waitFor(() => {
    expect(asked.some(({ method, path }) => method === 'POST' && path === '/api/v1/system/backups')).toBe(true)
  })
})

it('offers no backup where several companies share the system', async () => {
  show({ version: '1.2.3', installation: null, check: null })
  expect(await screen.findByText('还没有校验过')).not.toBeNull()
  expect(screen.queryByRole('button', { name: '立即备份' })).toBeNull()
})
