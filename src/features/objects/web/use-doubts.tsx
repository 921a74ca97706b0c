import { Suspense, useCallback, useState, type ReactNode } from 'react'
import { lazyPart } from '#web/kit/lazy-part.ts'
import { duplicateRefusal, type Suspicion } from './use-duplicates.ts'

/** Comes when a change may make a record one that is there already. */
const DoubtDialog = lazyPart(() => import('./DoubtDialog.tsx'), 'DoubtDialog')

interface Doubt {
  readonly suspicions: readonly Suspicion[]
  readonly answer: (isMeant: boolean) => void
}

/**
 * Asks, where there is no form around a change, whether it is meant although the record may be there already. `meant`
 * takes a refusal and answers `yes`, `no`, or undefined where it is none of which anybody may say so.
 */
export function useDoubts(object: string): {
  readonly meant: (problem: unknown) => Promise<'yes' | 'no' | undefined>
  readonly dialog: ReactNode
} {
  const [doubts, setDoubts] = useState<readonly Doubt[]>([])
  const meant = useCallback(async (problem: unknown) => {
    const refusal = duplicateRefusal(problem)
    if (!refusal?.canConfirm) return undefined
    const isMeant = await new Promise<boolean>((answer) => {
      setDoubts((known) => [...known, { suspicions: refusal.suspicions, answer }])
    })
    setDoubts((known) => known.slice(1))
    return isMeant ? 'yes' : 'no'
  }, [])
  const [first] = doubts
  const dialog = first ? (
    <Suspense fallback={null}>
      <DoubtDialog object={object} suspicions={first.suspicions} onAnswer={first.answer} />
    </Suspense>
  ) : null
  return { meant, dialog }
}
