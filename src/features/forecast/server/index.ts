import { inStep } from '#platform/db/step.ts'
import { registerDailyJob } from '#platform/jobs/jobs.ts'
import { forgetPastChanges } from './past-store.ts'
import { registerReminders } from './remind.ts'
import { registerSubmittedYears } from './years-submitted.ts'

export { landByDeals, type LandingByDeals } from './land-by-deals.ts'
export { registerForecastRoutes } from './routes.ts'
export { writePastSubmissions, type PastSubmission } from './write-past.ts'

/** Puts what the room does by itself, and what hangs on the fiscal calendar, into their places. */
export function registerForecast(): void {
  registerReminders()
  registerSubmittedYears()
  registerDailyJob('forecast.forget-changes', async (ctx) => inStep(ctx, forgetPastChanges))
}
