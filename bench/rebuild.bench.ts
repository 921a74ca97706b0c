import { sql } from 'kysely'
import { connect } from '#platform/db/connect.ts'
import { inView } from '#platform/db/step.ts'
import { rebuildLedger } from '#platform/ledger/index.ts'
import { figure, type Figure, type Setting } from './figure.ts'
import { timeOf } from './measure.ts'

/** The whole ledger and its roll-ups computed anew over those that are there, as `terrace rebuild` does. */
export async function bench({ seeded }: Setting): Promise<readonly Figure[]> {
  const { everybody: ctx, size, facts, ownerUrl } = await seeded()
  await facts()
  const took = await timeOf(() => rebuildLedger(ctx))
  const { rows } = await inView(ctx, (tx) =>
    sql<{ count: string }>`select count(*) as count from ledger_row where company_id = ${ctx.company.id}`.execute(tx),
  )
  const owner = connect(ownerUrl)
  // What is measured after this reads no rows that went.
  await sql`vacuum analyze ledger_row, rollup_year`.execute(owner.db)
  await owner.close()
  return [
    figure('rebuild: rows of the ledger', Number(rows[0]?.count), 'rows'),
    figure('rebuild: rows a second', (Number(rows[0]?.count) / took) * 1000, 'rows/s'),
    figure('rebuild: deals and orders a second', ((size.deals + size.orders) / took) * 1000, 'records/s'),
  ]
}
