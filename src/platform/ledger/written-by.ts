import { sql } from 'kysely'
import type { Step, Tx } from '#platform/db/step.ts'
import { standardMetrics } from './registry.ts'

/** The metrics of the product with rows of their own, and their versions. */
export function writtenBy(): string {
  const withRows = standardMetrics()
    .all()
    .filter(({ sources }) => sources.length > 0)
  return withRows.map(({ key, version }) => `${key}@${version}`).join(' ')
}

/** Remembers by which metrics of the product the company's ledger is written. */
export async function keepWrittenBy({ tx, ctx }: Pick<Step, 'tx' | 'ctx'>): Promise<void> {
  await sql`update company set ledger_metrics = ${writtenBy()} where id = ${ctx.company.id}`.execute(tx)
}

/** What the ledger of a company lacks of the metrics that the product has now. */
export interface Lacking {
  /** New, or counting otherwise than when the ledger was written. */
  readonly fresh: readonly string[]
  /** Those that the product no longer has. */
  readonly gone: readonly string[]
  /** Nobody ever noted by what it is written. */
  readonly isUnknown: boolean
}

/** Of the company of the transaction. */
export async function lackingIn(tx: Tx): Promise<Lacking> {
  const { rows } = await sql<{ metrics: string | null }>`
    select ledger_metrics as metrics from company where id = current_company()`.execute(tx)
  const text = rows[0]?.metrics ?? null
  const [written, wanted] = [text ?? '', writtenBy()].map((list) => list.split(' ').filter((one) => one !== ''))
  const keys = (list: readonly string[] = []) => list.map((one) => one.slice(0, one.lastIndexOf('@')))
  const has = new Set(written)
  const known = new Set(keys(wanted))
  return {
    fresh: keys(wanted?.filter((one) => !has.has(one))),
    gone: keys(written).filter((key) => !known.has(key)),
    isUnknown: text === null,
  }
}
