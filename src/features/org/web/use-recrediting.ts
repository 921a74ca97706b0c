import { useEffect, useRef } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { recreditingRoute } from '../contract.ts'

export const recreditingKey = ['org', 'recrediting'] as const

const closelyMs = 1500

/**
 * How far results are credited anew after backdated moves; watched closely while they are. Figures are read again once
 * it is over. `idleMs`: how often it is asked whether something has begun.
 */
export function useRecrediting(idleMs: number) {
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: recreditingKey,
    queryFn: ({ signal }) => call(recreditingRoute, { signal }),
    refetchInterval: ({ state }) => (state.data?.underWay ? closelyMs : idleMs),
  })
  const isUnderWay = data ? data.underWay !== null : undefined
  const was = useRef(isUnderWay)
  useEffect(() => {
    if (was.current === true && isUnderWay === false) {
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'metric' })
    }
    was.current = isUnderWay
  }, [client, isUnderWay])
  return data
}

/** Whole percent that never says 100 before it is over; undefined while the records are not counted. */
export function percentDone(share: number | null): number | undefined {
  return share === null ? undefined : Math.min(Math.floor(share * 100), 99)
}
