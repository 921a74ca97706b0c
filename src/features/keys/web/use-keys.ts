import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { keyRoutes } from '../contract.ts'

/** The own keys, or everybody's. */
export function useKeys(whose: 'mine' | 'everybodys') {
  return useQuery({
    queryKey: ['keys', whose],
    queryFn: ({ signal }) => call(keyRoutes[whose], { signal }),
  })
}

/** What a key of this person can be limited to. */
export function useScopes() {
  return useQuery({
    queryKey: ['keys', 'scopes'],
    queryFn: ({ signal }) => call(keyRoutes.scopes, { signal }),
    staleTime: 60_000,
  })
}

export interface KeyDraft {
  readonly name: string
  readonly scopes: readonly string[]
  /** Null: it does not expire. */
  readonly days: number | null
}

export function useKeyActs() {
  const client = useQueryClient()
  const reread = () => client.invalidateQueries({ queryKey: ['keys'] })
  return {
    make: useMutation({
      mutationFn: ({ scopes, ...draft }: KeyDraft) =>
        call(keyRoutes.create, { body: { ...draft, scopes: [...scopes] } }),
      onSuccess: reread,
    }),
    revoke: useMutation({
      mutationFn: (id: string) => call(keyRoutes.revoke, { params: { id } }),
      onSuccess: reread,
    }),
  }
}
