import { cleanup, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { RecordShowPage } from './RecordShowPage.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('leads from a merged record to what it became, and Back does not lead here again', async () => {
  answerNetwork(({ path }) => {
    if (path.endsWith('/objects')) return { json: { objects: [] } }
    return { status: 410, json: { code: 'RECORD_MERGED', title: '已合并', details: { into: 'w1' } } }
  })
  const { router } = renderScreen(<RecordShowPage object="account" id="l1" />, { at: '/records/account/l1' })
  await waitFor(() => expect(router.history.location.pathname).toBe('/records/account/w1'))
  expect(router.history.length).toBe(1)
})
