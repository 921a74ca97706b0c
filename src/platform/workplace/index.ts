export {
  WorkplaceFault,
  type WorkplaceAdapter,
  type WorkplaceApp,
  type WorkplaceDepartment,
  type WorkplaceDirectory,
  type WorkplacePerson,
  type WorkplaceProblem,
} from './adapter.ts'
export { adapters } from './adapters.ts'
