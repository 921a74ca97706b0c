export { registerObjectsRoutes } from './routes.ts'
export { readAnyFilter } from './read-filters.ts'
