import { registerDailyJob } from '#platform/jobs/jobs.ts'
import { remindOfAgreements } from './remind.ts'
import { registerAgreementNotices } from './tell.ts'

export { registerAgreementRoutes } from './routes.ts'

/** Puts the room's notices and its daily reminder into the engines. */
export function registerAgreements(): void {
  registerAgreementNotices()
  registerDailyJob('agreements.remind', remindOfAgreements)
}
