export { registerObjectsRoutes } from './routes.ts'
export { filterAsWords } from './read-filters.ts'
