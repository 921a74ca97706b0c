import { registerDailyJob, registerMinuteJob } from '#platform/jobs/jobs.ts'
import { registerAlerts } from './alert-behind.ts'
import { forgetAttainment } from './forget.ts'
import { companiesWithoutNight, takeNight } from './take-night.ts'
import { registerKeptYears } from './years-kept.ts'
import { registerStuckNotice } from './tell-stuck.ts'

export { closePeriod } from './close-period.ts'
export { registerAttainmentRoutes } from './routes.ts'
export { treeAsShown } from './show-tree.ts'
export { takeNight, whileNightsWait } from './take-night.ts'

/** Puts the nightly work of the room and what it tells into their places. */
export function registerAttainment(): void {
  registerAlerts()
  registerStuckNotice()
  registerKeptYears()
  registerMinuteJob('attainment.night', takeNight, companiesWithoutNight)
  registerDailyJob('attainment.forget', forgetAttainment)
}
