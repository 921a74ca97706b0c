import { useCallback } from 'react'
import { useWords } from '#web/words/use-words.ts'
import type { AttainmentNode } from '../../contract.ts'
import { cockpitWords } from './words.ts'

const keys = {
  'no-target': 'noTarget',
  'no-actual': 'noActual',
  'not-begun': 'notBegun',
  'zero-target': 'zeroTarget',
} as const

/** Why a figure is "—". */
export function useReason(): (reason: AttainmentNode['reason']) => string {
  const t = useWords(cockpitWords)
  return useCallback((reason) => t(reason === null ? 'noActual' : keys[reason]), [t])
}
