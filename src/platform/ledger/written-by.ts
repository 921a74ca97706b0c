import { sql } from 'kysely'
import type { Step, Tx } from '#platform/db/step.ts'
import { standardMetrics } from './registry.ts'

/** The metrics of the product with rows of their own, and their versions. */
function writtenBy(): string {
  const withRows = standardMetrics()
    .all()
    .filter(({ sources }) => sources.length > 0)
  return withRows.map(({ key, version }) => `${key}@${version}`).join(' ')
}

/** Remembers by which metrics of the product the company's ledger is written. */
export async function keepWrittenBy({ tx, ctx }: Pick<Step, 'tx' | 'ctx'>): Promise<void> {
  await sql`update company set ledger_metrics = ${writtenBy()} where id = ${ctx.company.id}`.execute(tx)
}

/** Whether the ledger of the company of the transaction is written by the metrics that the product has now. */
export async function isWrittenByThese(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ metrics: string | null }>`
    select ledger_metrics as metrics from company where id = current_company()`.execute(tx)
  return rows[0]?.metrics === writtenBy()
}
