export { startListening } from './listen.ts'
export { registerProgress } from './progress.ts'
export { registerLiveRoutes } from './routes.ts'
