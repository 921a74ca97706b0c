export { registerReminders } from './remind.ts'
export { registerForecastRoutes } from './routes.ts'
