import { registerMetric } from '#platform/ledger/registry.ts'
import { registerObject } from '#platform/records/registry.ts'
import { collaborationMetrics } from '../metrics.ts'
import { activity, task } from '../objects.ts'
import { prepareTasks } from './prepare-tasks.ts'

/** Puts activities, tasks and their metrics into the engines. */
export function registerCollaboration(): void {
  registerObject(activity)
  registerObject(task, { prepare: prepareTasks })
  registerMetric(...collaborationMetrics)
}
