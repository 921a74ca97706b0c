import { expect, it } from 'vitest'
import { undoNotice } from './undo-notice.ts'

it.each([
  ['success', { state: 'done', restored: 3, skipped: 0 }],
  ['warning', { state: 'done', restored: 2, skipped: 1 }],
  ['info', { state: 'running', restored: 1, skipped: 0 }],
  ['info', { state: 'queued', restored: 0, skipped: 0 }],
  ['error', { state: 'failed', restored: 0, skipped: 0 }],
] as const)('tells with %s of an undo that is %j', (tone, undo) => {
  const notice = undoNotice({ undo })
  expect(notice.tone).toBe(tone)
  if (undo.skipped > 0) expect(notice.text).toContain('1')
})
