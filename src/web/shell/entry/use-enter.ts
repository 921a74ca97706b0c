import { useCallback } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'

/** Where the visitor wanted to go before being asked to sign in; only addresses of our own. */
function wantedAddress(): string {
  const next = new URLSearchParams(window.location.search).get('next')
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/'
}

/** Goes into the product after the session began; nothing that was read before stays. */
export function useEnter(): (to?: string) => Promise<void> {
  const client = useQueryClient()
  const router = useRouter()
  return useCallback(
    async (to = wantedAddress()) => {
      await client.resetQueries()
      router.history.replace(to)
    },
    [client, router],
  )
}
