export { registerReminders } from './remind.ts'
export { registerForecastRoutes } from './routes.ts'
export { writePastSubmissions, type PastSubmission } from './write-past.ts'
