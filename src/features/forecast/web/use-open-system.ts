import { useCallback } from 'react'
import { useChangeAddress } from '#web/shell/address.ts'
import type { SystemPart } from '../contract.ts'

/** Opens what a figure of the system's forecast is made of: `?system=unseen`, or `?system=stage:key`. */
export function useOpenSystem(): (of: SystemPart | 'expected', stage?: string) => void {
  const change = useChangeAddress()
  return useCallback((of, stage) => change({ system: stage === undefined ? of : `${of}:${stage}` }), [change])
}
