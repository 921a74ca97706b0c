import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, it } from 'vitest'
import { useAct } from './use-act.ts'

afterEach(cleanup)

const client = new QueryClient()
const wrapper = ({ children }: { readonly children: ReactNode }) => (
  <QueryClientProvider client={client}>{children}</QueryClientProvider>
)

it('sends once what a double click asks for twice, and answers once', async () => {
  const sent: string[] = []
  const ends: (() => void)[] = []
  const { result } = renderHook(
    () =>
      useAct({
        mutationFn: (plan: string) => {
          sent.push(plan)
          return new Promise<string>((resolve) => ends.push(() => resolve(plan)))
        },
      }),
    { wrapper },
  )
  const answers: string[] = []
  const ask = (plan: string) => void result.current.mutateAsync(plan).then((reply) => answers.push(reply))
  await act(async () => {
    ask('a')
    ask('a')
    ask('b')
  })
  expect(sent).toEqual(['a', 'b'])
  await act(async () => ends.forEach((end) => end()))
  expect(answers).toEqual(['a', 'b'])
  await act(async () => ask('a'))
  expect(sent).toEqual(['a', 'b', 'a'])
})
