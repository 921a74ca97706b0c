import { join, resolve } from 'node:path'
import type { BackupHouse } from '#platform/backup/index.ts'
import type { Settings } from '#platform/config/settings.ts'
import { contentKeeping } from '#platform/files/index.ts'
import { version } from './version.ts'

/** What backups of this installation are taken of, and where they go. Once it is said where files are kept. */
export function backupHouse({ dataDir, backup }: Settings, ownerUrl: string): BackupHouse {
  return {
    ownerUrl,
    version,
    store: contentKeeping().store,
    importsFolder: resolve(dataDir, 'files'),
    folder: backup.folder === null ? join(resolve(dataDir), 'backups') : resolve(backup.folder),
    keep: { daily: backup.keepDaily, weekly: backup.keepWeekly },
  }
}
