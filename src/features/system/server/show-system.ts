import { sql } from 'kysely'
import { askForBackup, backupPlan, lastBackups, newestBackups } from '#platform/backup/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { systemFigures } from '#platform/telemetry/system-store.ts'
import { systemErrors } from '../errors.ts'
import { lastCheck } from './check-company.ts'

const mostShown = 20

/** How the system is. What concerns all companies of a shared installation is left out. */
export async function showSystem(ctx: Ctx) {
  const { version, at } = backupPlan()
  return {
    version,
    installation: (await isShared(ctx)) ? null : await installation(ctx, at),
    check: await lastCheck(ctx),
  }
}

async function installation({ db }: Ctx, backupAt: string | null) {
  const [figures, last, backups] = await Promise.all([systemFigures(db), lastBackups(db), newestBackups(db, mostShown)])
  return { ...figures, backupAt, lastBackup: last.done, lastFailure: last.failed, backups }
}

/** Asks for a backup of the whole installation; SYSTEM_SHARED where it is not the company's alone. */
export async function backUpNow(ctx: Ctx): Promise<void> {
  if (await isShared(ctx)) throw systemErrors.SYSTEM_SHARED()
  await inStep(ctx, askForBackup, { kind: 'system.backup' })
}

async function isShared({ db, company }: Ctx): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`select companies_sharing() as count`.execute(db)
  // Beside a company of its own, the demo has no say either.
  return (rows[0]?.count ?? 0) > (company.demo ? 0 : 1)
}
