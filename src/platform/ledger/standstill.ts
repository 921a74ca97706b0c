import { sql } from 'kysely'
import type { Step } from '#platform/db/step.ts'

/**
 * Until this step ends no record of the company is saved: those under way are waited for. For changes of what results
 * are credited by, and of metrics. Every insert of a company's row holds the company's key by its foreign key, which this conflicts with.
 */
export async function holdStill(step: Step): Promise<void> {
  await sql`select from company where id = ${step.ctx.company.id} for update`.execute(step.tx)
}

/**
 * A save that inserts nothing before it reads the org holds the company's key by hand. Answers the version of the
 * company's objects and metrics: who holds the key sees no other metrics until the step ends.
 */
export async function waitForStandstill(step: Step): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    select shape_version as version from company where id = ${step.ctx.company.id} for key share`.execute(step.tx)
  return rows[0]?.version ?? step.ctx.company.shapeVersion
}
