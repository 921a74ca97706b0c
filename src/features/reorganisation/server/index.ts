export { registerReorganisationRoutes } from './routes.ts'
