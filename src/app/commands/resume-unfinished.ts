import type { Logger } from 'pino'
import type { Db } from '#platform/db/connect.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { resumeBulk } from '#platform/bulk/start-bulk.ts'
import { resumeRecrediting } from '#platform/ledger/index.ts'
import { resumeUndos } from '#platform/records/undo-operation.ts'
import { resumeImports } from '#platform/transfer/index.ts'
import { allCompanies } from '#features/org/server/index.ts'

/** Lets what a stopped process left half done in any company go on, beside everything else that starts. */
export async function resumeUnfinished(house: { readonly db: Db; readonly log: Logger }): Promise<void> {
  try {
    for (const { id } of await allCompanies(house.db)) {
      const company = await findCompany(house.db, { id })
      if (!company) continue
      const ctx = systemContext(house, company)
      await resumeImports(ctx)
      await resumeUndos(ctx)
      await resumeBulk(ctx)
      await resumeRecrediting(ctx)
    }
  } catch (error) {
    house.log.error({ err: error }, 'unfinished work could not be resumed')
  }
}
