import { join } from 'node:path'
import pg from 'pg'
import { timeOf } from './measure.ts'

/**
 * What an operation wrote about opportunities, table by table, in an order in which it can be read in again. The
 * roll-ups are left out: COPY could not know them.
 */
const tables: readonly (readonly [table: string, condition: string])[] = [
  ['operation', 'id = $op'],
  ['opportunity', 'id in (select record_id from audit_entry where company_id = $co and operation_id = $op)'],
  [
    'stage_transition',
    'opportunity_id in (select record_id from audit_entry where company_id = $co and operation_id = $op)',
  ],
  ['deal_chance', 'record_id in (select record_id from audit_entry where company_id = $co and operation_id = $op)'],
  ['ledger_row', 'record_id in (select record_id from audit_entry where company_id = $co and operation_id = $op)'],
  ['search_token', 'record_id in (select record_id from audit_entry where company_id = $co and operation_id = $op)'],
  ['event', 'operation_id = $op'],
  ['audit_entry', 'operation_id = $op'],
  ['audit_step', 'operation_id = $op'],
]

/** Takes what an operation wrote out of the tables and puts it back by COPY. Answers how long that took, in milliseconds. */
export async function copyAgain(ownerUrl: string, companyId: string, operationId: string): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const folder = String((await client.query('show data_directory')).rows[0]?.data_directory)
    const fileOf = (table: string) => `'${join(folder, `bench-${table}.copy`)}'`
    const where = (condition: string) =>
      `company_id = $co and ${condition}`.replaceAll('$co', `'${companyId}'`).replaceAll('$op', `'${operationId}'`)
    const columns = new Map<string, string>()
    for (const [table, condition] of tables) {
      columns.set(table, await columnsOf(client, table))
      await client.query(
        `copy (select ${columns.get(table)} from ${table} where ${where(condition)}) to ${fileOf(table)}`,
      )
    }
    await client.query('set session_replication_role = replica')
    for (const [table, condition] of tables) await client.query(`delete from ${table} where ${where(condition)}`)
    await client.query('set session_replication_role = origin')
    // What was deleted must not stand in the way of what comes.
    await client.query(`vacuum ${tables.map(([table]) => table).join(', ')}`)
    await client.query('checkpoint')
    return await timeOf(async () => {
      await client.query('begin')
      for (const [table] of tables) {
        await client.query(`copy ${table} (${columns.get(table)}) from ${fileOf(table)}`)
      }
      await client.query('commit')
    })
  } finally {
    await client.end()
  }
}

/** Those that are stored as they come in: generated ones are computed again. */
async function columnsOf(client: pg.Client, table: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  )
  return rows.map(({ name }) => name).join(', ')
}
