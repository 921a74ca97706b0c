import { MutationObserver, onlineManager, QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, it, vi } from 'vitest'
import { ApiProblem } from './problem.ts'
import { makeQueryClient } from './query-client.ts'

afterEach(() => onlineManager.setOnline(true))

const unreachable = () => Promise.reject(new ApiProblem(0))

it('a save without a network is refused at once: nothing waits, unseen, for the network to come back', async () => {
  onlineManager.setOnline(false)
  const save = new MutationObserver(makeQueryClient(vi.fn()), { mutationFn: unreachable })
  await expect(save.mutate()).rejects.toMatchObject({ code: 'OFFLINE' })
})

it('a page asks also where the browser believes itself offline: the server may be on this machine', async () => {
  onlineManager.setOnline(false)
  const page = new QueryObserver(makeQueryClient(vi.fn()), { queryKey: ['x'], queryFn: async () => 'here' })
  expect((await page.refetch()).data).toBe('here')
})

it('tells once whoever is not signed in any more', async () => {
  const onSignedOut = vi.fn()
  const client = makeQueryClient(onSignedOut)
  await expect(
    client.fetchQuery({ queryKey: ['x'], queryFn: () => Promise.reject(new ApiProblem(401)) }),
  ).rejects.toMatchObject({ status: 401 })
  expect(onSignedOut).toHaveBeenCalledOnce()
})
