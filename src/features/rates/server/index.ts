export { registerRateRoutes } from './routes.ts'
export { registerRevaluing } from './revalue-records.ts'
