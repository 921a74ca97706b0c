import { descriptionRoutes } from './description-routes.ts'
import { importRoutes } from './import-routes.ts'
import { recordFileRoutes } from './record-file-routes.ts'

/** Every route by which files come in and go out. */
export const transferRoutes = { ...importRoutes, ...descriptionRoutes, ...recordFileRoutes }
