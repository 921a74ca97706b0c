import { registerDailyJob } from '#platform/jobs/jobs.ts'
import { purgeFiles } from './purge-files.ts'

/** The door of the files. */
export { keepContentIn } from './keeping.ts'
export { folderStore } from './folder-store.ts'
export { s3Store } from './s3-store.ts'
export { registerFileRoutes } from './routes.ts'
export { verifyFiles } from './verify-files.ts'

/** The removal of files that nobody can bring back any more. */
export function registerFileJobs(): void {
  registerDailyJob('files.purge', purgeFiles)
}
