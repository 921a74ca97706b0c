import { registerDailyJob } from '#platform/jobs/jobs.ts'
import { registerMetric } from '#platform/ledger/registry.ts'
import { registerBelonging } from '#platform/merge/belongings.ts'
import { registerWebhookEvents } from '#platform/webhooks/index.ts'
import { registerObject } from '#platform/records/registry.ts'
import { collaborationMetrics } from '../metrics.ts'
import { activity, task } from '../objects.ts'
import { forgetComments } from './forget-comments.ts'
import { prepareTasks } from './prepare-tasks.ts'
import { registerCommentNotices } from './tell-notices.ts'

export { registerCommentRoutes } from './routes.ts'

/** Puts activities, tasks and their metrics into the engines. */
export function registerCollaboration(): void {
  registerObject(activity)
  registerObject(task, { prepare: prepareTasks })
  registerMetric(...collaborationMetrics)
  registerBelonging('comment')
  registerDailyJob('collaboration.forget', forgetComments)
  registerCommentNotices()
  registerWebhookEvents('comment.created', 'comment.changed', 'comment.removed')
}
