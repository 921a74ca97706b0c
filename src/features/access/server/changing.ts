import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { openShape } from '#platform/records/shape-store.ts'
import { accessChanged } from '../contract.ts'

/** One change of roles or sharing rules: they follow one another, and every request after it goes by them. */
export async function changing<T>(ctx: Ctx, kind: string, act: (step: Step) => Promise<T>): Promise<T> {
  return inStep(
    ctx,
    async (step) => {
      await openShape(step)
      const result = await act(step)
      step.tell({ name: accessChanged, payload: { kind } })
      return result
    },
    { kind },
  )
}
