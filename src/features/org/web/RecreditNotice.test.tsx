import { cleanup, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, buildMe, renderScreen } from '#testing/render-screen.tsx'
import { RecreditHint } from './RecreditHint.tsx'
import { RecreditNotice } from './RecreditNotice.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const atRest = { underWay: null, failed: null }
const stopped = { underWay: null, failed: { share: 0.437, at: '2026-03-05T04:00:00Z' } }

it('hints at figures that are moving, never at 100% before the end, and says nothing at rest', async () => {
  let progress: unknown = { ...atRest, underWay: { share: 0.437 } }
  answerNetwork(() => ({ json: progress }))
  const { client } = renderScreen(<RecreditHint />)
  expect(await screen.findByText('业绩正在重新归属，已完成 43%')).not.toBeNull()
  const asked = vi.spyOn(client, 'invalidateQueries')
  progress = { ...atRest, underWay: { share: 1 } }
  await client.refetchQueries()
  expect(await screen.findByText('业绩正在重新归属，已完成 99%')).not.toBeNull()
  progress = atRest
  await client.refetchQueries()
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe(''))
  // The figures beside it are from before.
  expect(asked).toHaveBeenCalledTimes(1)
})

it('offers whoever manages people to go on where crediting stopped, and nobody else', async () => {
  const asked = answerNetwork(({ method }) => ({ json: method === 'POST' ? null : stopped }))
  const me = buildMe({ permissions: ['org.read', 'org.people'] })
  renderScreen(<RecreditNotice />, { me })
  expect(await screen.findByText(/停在 43%/)).not.toBeNull()
  await userEvent.click(screen.getByRole('button', { name: /重\s*试/ }))
  await waitFor(() =>
    expect(asked.filter(({ method }) => method === 'POST')).toMatchObject([{ path: '/api/v1/org/recrediting/retry' }]),
  )
  cleanup()
  renderScreen(<RecreditNotice />)
  expect(await screen.findByText(/停在 43%/)).not.toBeNull()
  expect(screen.queryByRole('button')).toBeNull()
})
