export { registerOutlookRoutes } from './routes.ts'
