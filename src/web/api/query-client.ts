import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './problem.ts'

// A browser that believes itself offline may still reach a server on its own machine. And what cannot be sent is refused
// and said, rather than kept waiting behind a button that looks busy.
const asking = { networkMode: 'always' } as const

/** A session that ended is noticed here once, wherever the answer came from. */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (problem) => {
        if (problem instanceof ApiProblem && problem.status === 401) onSignedOut()
      },
    }),
    defaultOptions: {
      queries: {
        ...asking,
        staleTime: 15_000,
        refetchOnWindowFocus: true,
        refetchOnReconnect: true,
        // A refusal stays a refusal; only a lost network or a restarting server is asked again.
        retry: (count, problem) =>
          problem instanceof ApiProblem && (problem.status === 0 || problem.status >= 502) && count < 2,
      },
      mutations: asking,
    },
  })
}
