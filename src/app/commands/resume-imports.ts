import type { Logger } from 'pino'
import type { Db } from '#platform/db/connect.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { resumeBulk } from '#platform/bulk/start-bulk.ts'
import { resumeUndos } from '#platform/records/undo-operation.ts'
import { resumeImports } from '#platform/transfer/index.ts'
import { allCompanies } from '#features/org/server/index.ts'

/** Lets every company's unfinished imports, bulk edits and undos go on, beside everything else that starts. */
export async function resumeAllImports(house: { readonly db: Db; readonly log: Logger }): Promise<void> {
  try {
    for (const { id } of await allCompanies(house.db)) {
      const company = await findCompany(house.db, { id })
      if (!company) continue
      const ctx = systemContext(house, company)
      await resumeImports(ctx)
      await resumeUndos(ctx)
      await resumeBulk(ctx)
    }
  } catch (error) {
    house.log.error({ err: error }, 'unfinished work could not be resumed')
  }
}
