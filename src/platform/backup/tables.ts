import type pg from 'pg'

export interface BackedUpTable {
  readonly name: string
  /** Those that are written, in their order; what the database works out itself is not among them. */
  readonly columns: readonly string[]
  /** On the disk; only for the progress. */
  readonly bytes: number
}

/** Not a matter of the data: the schema's own list, the backups of this very installation, and marks of what it keeps in memory. */
const leftOut = ['migration', 'backup_run', 'deal_past_change']

/** The names of all tables that go into a backup. */
export async function namesOfTables(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
       and relname <> all($1) order by relname`,
    [leftOut],
  )
  return rows.map((row) => row.name)
}

export async function tablesNamed(client: pg.Client, names: readonly string[]): Promise<readonly BackedUpTable[]> {
  const { rows } = await client.query<BackedUpTable>(
    `select c.relname as name, pg_table_size(c.oid)::double precision as bytes,
       array(select a.attname::text from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
         order by a.attnum) as columns
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname = any($1) order by c.relname`,
    [names],
  )
  return rows
}

export interface Sequence {
  readonly name: string
  readonly value: string
  readonly isCalled: boolean
}

export async function sequencesOf(client: pg.Client): Promise<readonly Sequence[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S' order by 1`,
  )
  const found: Sequence[] = []
  for (const { name } of rows) {
    const { rows: values } = await client.query<{ value: string; isCalled: boolean }>(
      `select last_value::text as value, is_called as "isCalled" from public.${client.escapeIdentifier(name)}`,
    )
    for (const value of values) found.push({ name, ...value })
  }
  return found
}

/** Names and columns as COPY writes them. */
export function columnsInSql(client: pg.Client, { name, columns }: Pick<BackedUpTable, 'name' | 'columns'>): string {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ')
  return `public.${client.escapeIdentifier(name)} (${list})`
}
