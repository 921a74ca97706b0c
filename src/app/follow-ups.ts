import { z } from 'zod'
import { onCompanyCreated } from '#features/org/server/index.ts'
import { seedStages } from '#features/pipeline/server/index.ts'
import { shapeChanged } from '#features/shaping/contract.ts'
import { onEvent } from '#platform/events/handlers.ts'
import { askToRecredit, registerFilling, registerFillingNew, registerRecrediting } from '#platform/ledger/index.ts'
import { askToIndexDuplicates, keepDuplicatesAsTheyAre } from '#platform/duplicates/index.ts'
import { keepSearchAsItIs } from '#platform/search/index.ts'

/** `from`: the first day whose results may be credited elsewhere now; null where only other things changed. */
const moved = z.object({ personIds: z.array(z.string()), from: z.string().nullable() })

/** What follows in one room from what happened in another that does not know it. */
export function registerFollowUps(): void {
  onCompanyCreated(keepSearchAsItIs)
  onCompanyCreated(keepDuplicatesAsTheyAre)
  onCompanyCreated(seedStages)
  registerRecrediting()
  registerFilling()
  registerFillingNew()
  onEvent(shapeChanged, askToIndexDuplicates)
  onEvent('org.assignment.changed', async (step, { payload }) => {
    const { personIds, from } = moved.parse(payload)
    if (from !== null && personIds.length > 0) await askToRecredit(step, { personIds, from })
  })
}
