/** The door of backups. */
export { askForBackup, backUpFrom, dailyBackup, registerBackupJobs } from './backup-jobs.ts'
export { checkBackup } from './check-backup.ts'
export { fileNameOf } from './file-names.ts'
export { restoreBackup } from './restore-backup.ts'
export { backUpIntoFolder, runBackup, type BackupHouse } from './run-backup.ts'
export { lastBackups, newestBackups, type BackupRun } from './run-store.ts'
