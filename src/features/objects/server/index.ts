export { registerObjectsRoutes } from './routes.ts'
