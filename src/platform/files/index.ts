import { registerDailyJob } from '#platform/jobs/jobs.ts'
import { registerBelonging } from '#platform/merge/belongings.ts'
import { purgeFiles } from './purge-files.ts'

/** The door of the files. */
export { contentKeeping, keepContentIn } from './keeping.ts'
export { folderStore } from './folder-store.ts'
export { s3Store } from './s3-store.ts'
export { registerFileRoutes } from './routes.ts'
export { verifyFiles } from './verify-files.ts'

/** Files go with their record; those that nobody can bring back any more are removed. */
export function registerFiles(): void {
  registerBelonging('attachment')
  registerDailyJob('files.purge', purgeFiles)
}
export { contentName } from './content-store.ts'
