import { cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { ConflictNotice } from './ConflictNotice.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const revision = { version: 2, kind: 'changed', by: { id: 'p2', name: '沈建华' }, at: '2026-03-05T01:00:00Z' } as const
const conflict = { version: 2, revisions: [{ ...revision, reason: '交接', isHidden: false, rows: 3 }] }

const grid = {
  plan: { unit: '1' },
  months: [{ key: '2026-M01' }],
  rows: {
    kinds: 'u',
    keys: ['u1'],
    names: ['东区'],
    parents: [-1],
    tiers: [],
    tierOf: [-1],
    heads: [],
    fixed: [],
    buffers: {},
    bases: {},
  },
  levels: [{ level: 'target', cells: ['30'], locks: {}, taken: {} }],
}

it('can be tried again when the newest version did not come', async () => {
  const answers = [{ status: 503, json: { code: 'BUSY', title: '稍后再试' } }, { json: grid }]
  answerNetwork(() => answers.shift())
  const onRedo = vi.fn()
  renderScreen(<ConflictNotice planId="p" conflict={conflict} onRedo={onRedo} onDrop={() => undefined} />)
  const redo = await screen.findByRole('button', { name: '载入最新版并重做我的改动' })
  await userEvent.click(redo)
  expect(await screen.findByText('稍后再试')).toBeTruthy()
  expect(onRedo).not.toHaveBeenCalled()
  await userEvent.click(await screen.findByRole('button', { name: '载入最新版并重做我的改动' }))
  await vi.waitFor(() =>
    expect(onRedo).toHaveBeenCalledWith(
      expect.objectContaining({ rows: [expect.objectContaining({ id: 'u1', name: '东区' })] }),
    ),
  )
})
