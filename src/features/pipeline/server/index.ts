import { oneOf } from '#engine/query/filter.ts'
import { registerMetric } from '#platform/ledger/registry.ts'
import { registerObject } from '#platform/records/registry.ts'
import { pipelineMetrics } from '../metrics.ts'
import { opportunity, stage } from '../objects.ts'
import { followStages, registerFollowing } from './follow-stages.ts'
import { keepChances } from './keep-chances.ts'
import { checkKinds, keepOneOfKind } from './keep-kinds.ts'
import { prepareDeals } from './prepare-deals.ts'
import { recordTransitions } from './record-transitions.ts'
import { registerWinNotices } from './tell-wins.ts'

export { seedStages } from './seed-stages.ts'
export { writeStageHistory, type PastMove } from './write-history.ts'

/** Puts stages, opportunities and their metrics into the engines. */
export function registerPipeline(): void {
  registerObject(stage, { check: checkKinds, removing: keepOneOfKind, saved: followStages })
  registerObject(opportunity, {
    prepare: prepareDeals,
    saved: async (step, saved) => {
      await recordTransitions(step, saved)
      await keepChances(step, saved)
    },
    settled: oneOf('status', ['won', 'lost']),
  })
  registerMetric(...pipelineMetrics)
  registerWinNotices()
  registerFollowing()
}
