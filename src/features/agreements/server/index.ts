import { registerDailyJob } from '#platform/jobs/jobs.ts'
import { remindOfAgreements } from './remind.ts'
import { registerAgreementNotices } from './tell.ts'
import { registerAgreedYears } from './years-agreed.ts'

export { decideAppeal, previewDecision } from './decide.ts'
export { lodgeAppeal } from './lodge.ts'
export { propose } from './propose.ts'
export { submitUnit } from './submit-unit.ts'
export { registerAgreementRoutes } from './routes.ts'

/** Puts the room's notices and its daily reminder into the engines. */
export function registerAgreements(): void {
  registerAgreementNotices()
  registerAgreedYears()
  registerDailyJob('agreements.remind', remindOfAgreements)
}
