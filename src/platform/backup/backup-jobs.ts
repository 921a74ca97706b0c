import type { Step } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { enqueueJob, registerJob } from '#platform/jobs/jobs.ts'
import type { Routine } from '#platform/jobs/work.ts'
import { backUpIntoFolder, type BackupHouse } from './run-backup.ts'

const now = 'backup.now'

let house: BackupHouse | undefined
let dailyAt: string | null = null

/** The app says at its start what backups are taken of, and at what time every day; null: by nobody but people. */
export function backUpFrom(given: BackupHouse, at: string | null): void {
  house = given
  dailyAt = at
}

/** What is known of backups without looking: the version that takes them, and when. */
export function backupPlan(): { readonly version: string; readonly at: string | null } {
  return { version: house?.version ?? '', at: dailyAt }
}

export function registerBackupJobs(): void {
  registerJob(now, async () => {
    // A process without a console, such as a test, takes none.
    if (house) await backUpIntoFolder(house, 'asked', stopIfHalted)
  })
}

/** Asks for a backup in the transaction of the step; asking twice before it begins is as good as once. */
export async function askForBackup(step: Step): Promise<void> {
  await enqueueJob(step, now, {}, now)
}

/** The daily backup at a time such as `18:30`. */
export function dailyBackup(given: BackupHouse, at: string): Routine {
  const [hour, minute] = at.split(':').map(Number)
  return {
    task: 'backup',
    match: `${minute} ${hour} * * *`,
    isMadeUpFor: true,
    run: async () => void (await backUpIntoFolder(given, 'scheduled', stopIfHalted)),
  }
}
