import { sql } from 'kysely'
import type { Step } from '#platform/db/step.ts'

/**
 * Until this step ends no record of the company is saved: those under way are waited for. For changes of what results
 * are credited by. Every insert of a company's row holds the company's key by its foreign key, which this conflicts with.
 */
export async function holdStill(step: Step): Promise<void> {
  await sql`select from company where id = ${step.ctx.company.id} for update`.execute(step.tx)
}

/** A save that inserts nothing before it reads the org holds the company's key by hand. */
export async function waitForStandstill(step: Step): Promise<void> {
  await sql`select from company where id = ${step.ctx.company.id} for key share`.execute(step.tx)
}
