import type { AppError } from '#base/errors.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { objectiveChanged, objectiveErrors } from '../contract.ts'
import { makesCircle } from '../objective-tree.ts'
import { objectiveStore } from './objective-store.ts'

interface Place {
  readonly parentId: string | null
  /** Before which of those beside it; null, or one that is not beside it: last. */
  readonly before: string | null
}

/** Puts an objective below another one, or elsewhere among those beside it. */
export async function placeObjective(ctx: Ctx, id: string, { parentId, before }: Place): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      const all = await objectiveStore.holdAll(step)
      const one = all.find((each) => each.id === id)
      if (!one || (parentId !== null && !all.some((each) => each.id === parentId))) throw notFound()
      if (makesCircle(all, id, parentId)) throw objectiveErrors.OBJECTIVE_CIRCLE()
      const beside = all.filter((each) => each.parentId === parentId && each.id !== id).map((each) => each.id)
      const at = before === null ? -1 : beside.indexOf(before)
      await objectiveStore.place(step, { id, parentId }, beside.toSpliced(at < 0 ? beside.length : at, 0, id))
      const [was, is] = [{ parentId: one.parentId }, { parentId, before }]
      step.audit({ object: 'objective', recordId: id, action: 'moved', before: was, after: is })
      step.tell({ name: objectiveChanged, payload: { objectiveId: id } })
    },
    { kind: 'objective.place' },
  )
}

const notFound = (): AppError => objectiveErrors.OBJECTIVE_NOT_FOUND()
