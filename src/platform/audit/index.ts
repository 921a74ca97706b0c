import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import { registerMinuteJob } from '#platform/jobs/jobs.ts'
import { sealAudit } from './seal.ts'

/** The door of the audit's chain. */
export { readSeals, type KeptSeal } from './kept-seals.ts'
export { redactEntries, redactOperations, type ErasedKeys } from './redact.ts'
export { verifyAudit, type Misfit } from './verify.ts'
export { sealAudit }

/** Steps are sealed every minute. Called once when the app is put together. */
export function registerAuditChain(): void {
  registerMinuteJob('audit.seal', async (ctx) => void (await sealAudit(ctx)), companiesWithOpenAudit)
}

async function companiesWithOpenAudit(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select companies_with_open_audit() as id`.execute(db)
  return rows.map(({ id }) => id)
}
