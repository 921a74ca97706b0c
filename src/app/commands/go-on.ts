import type { Logger } from 'pino'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Db } from '#platform/db/connect.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { resumeBulk } from '#platform/bulk/start-bulk.ts'
import { indexDuplicatesIfNew, resumeScans } from '#platform/duplicates/index.ts'
import { fillIfNew, resumeFilling, resumeRecrediting } from '#platform/ledger/index.ts'
import { resumeUndos } from '#platform/records/undo-operation.ts'
import { indexIfNew } from '#platform/search/index.ts'
import { resumeImports } from '#platform/transfer/index.ts'
import { allCompanies } from '#features/org/server/index.ts'
import { resumeSyncs } from '#features/workplace/server/index.ts'

interface House {
  readonly db: Db
  readonly log: Logger
}

/** Lets what every company has left unfinished go on, beside everything else that starts. */
export async function goOn(house: House): Promise<void> {
  await inEveryCompany(house, resumeImports, 'unfinished imports could not be resumed')
  await inEveryCompany(house, resumeUndos, 'unfinished undos could not be resumed')
  await inEveryCompany(house, resumeBulk, 'unfinished bulk edits could not be resumed')
  await inEveryCompany(house, resumeRecrediting, 'unfinished crediting could not be resumed')
  await inEveryCompany(house, fillIfNew, 'results could not be counted by new metrics')
  await inEveryCompany(house, resumeFilling, 'unfinished metrics could not be resumed')
  await inEveryCompany(house, indexIfNew, 'records could not be indexed for the search')
  await inEveryCompany(house, resumeSyncs, 'unfinished syncs of the organisation could not be resumed')
  await inEveryCompany(house, resumeScans, 'unfinished scans for duplicates could not be resumed')
  await inEveryCompany(house, indexDuplicatesIfNew, 'records could not be read for duplicates')
}

async function inEveryCompany(house: House, act: (ctx: Ctx) => Promise<unknown>, failure: string): Promise<void> {
  try {
    for (const { id } of await allCompanies(house.db)) {
      const company = await findCompany(house.db, { id })
      if (company) await act(systemContext(house, company))
    }
  } catch (error) {
    house.log.error({ err: error }, failure)
  }
}
