import { ApiProblem } from '#web/api/problem.ts'
import type { Carry } from '../carry.ts'

/**
 * Asks what an amendment would change with whoever was chosen to carry it; where they cannot, with the first who can. The
 * choice itself stays: it may fit the next amount again.
 */
export async function askedOfCarry<Answer>(
  chosen: Carry | undefined,
  ask: (carry: { readonly carry?: Carry }) => Promise<Answer>,
): Promise<Answer> {
  if (chosen === undefined) return ask({})
  try {
    return await ask({ carry: chosen })
  } catch (problem) {
    if (problem instanceof ApiProblem && problem.code === 'AMENDMENT_REFUSED') return ask({})
    throw problem
  }
}
