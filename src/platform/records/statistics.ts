import { sql } from 'kysely'
import { inStep, type Step } from '#platform/db/step.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { enqueueJob, registerJob, type JobPayload } from '#platform/jobs/jobs.ts'

/** From how many records on an act changes what the database knows of their tables. */
const many = 2000
const task = 'records.statistics'

/** What follows every save, besides the table of the object itself. */
const following = [
  'audit_entry', 'credit', 'duplicate_key', 'event', 'field_value', 'ledger_row', 'rollup_year', 'search_token',
] as const // prettier-ignore

/** Lets the planner know of many records that came or changed at once. Called once when the app is put together. */
export function registerStatistics(): void {
  registerJob(task, analyze)
}

/**
 * Asks, where an act changed many records of an object, that the database looks at the tables anew: until it does so by
 * itself, lists and figures would be planned as if they were empty.
 */
export async function askForStatistics(step: Step, object: string, records: number): Promise<void> {
  if (records >= many) await enqueueJob(step, task, { object }, `${task}:${object}`)
}

async function analyze(ctx: Ctx, { object }: JobPayload): Promise<void> {
  const table = ctx.company.wholeCatalogue.find(String(object))?.table
  const names = [...(table === undefined ? [] : [table]), ...following]
  // One at a time: each is locked against changes of its structure only as long as it is looked at.
  for (const name of names) {
    await inStep(ctx, async ({ tx }) => sql`select analyze_tables(${[name]}::text[])`.execute(tx))
  }
}
