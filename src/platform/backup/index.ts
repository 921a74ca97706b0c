/** The door of backups. */
export { askForBackup, backUpFrom, backupPlan, dailyBackup, registerBackupJobs } from './backup-jobs.ts'
export { checkBackup } from './check-backup.ts'
export { fileNameOf } from './file-names.ts'
export { restoreBackup } from './restore-backup.ts'
export { runBackup, type BackupHouse } from './run-backup.ts'
export { lastBackups, newestBackups } from './run-store.ts'
