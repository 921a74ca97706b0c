import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './problem.ts'

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
        staleTime: 15_000,
        refetchOnWindowFocus: true,
        // A refusal stays a refusal; only a lost network or a restarting server is asked again.
        retry: (count, problem) =>
          problem instanceof ApiProblem && (problem.status === 0 || problem.status >= 502) && count < 2,
      },
    },
  })
}
