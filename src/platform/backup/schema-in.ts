import type pg from 'pg'
import type { BackupHead } from './format.ts'

interface ForeignKey {
  readonly table: string
  readonly name: string
  readonly definition: string
}

/**
 * Makes the schema ready for rows in any order: without references, triggers and rows of its own. `close` brings
 * references and triggers back; a reference that leads nowhere then fails. Within the caller's transaction.
 */
export async function openSchema(
  client: pg.Client,
  { tables, sequences }: BackupHead,
): Promise<{ close(): Promise<void> }> {
  const quoted = (name: string) => `public.${client.escapeIdentifier(name)}`
  const { rows: keys } = await client.query<ForeignKey>(
    `select r.relname as table, c.conname as name, pg_get_constraintdef(c.oid) as definition
     from pg_constraint c join pg_class r on r.oid = c.conrelid
     where c.contype = 'f' and c.conparentid = 0 and c.connamespace = 'public'::regnamespace`,
  )
  const { rows: triggers } = await client.query<{ table: string }>(
    `select distinct r.relname as table from pg_trigger t join pg_class r on r.oid = t.tgrelid
     where not t.tgisinternal and r.relnamespace = 'public'::regnamespace`,
  )
  for (const { table, name } of keys) {
    await client.query(`alter table ${quoted(table)} drop constraint ${client.escapeIdentifier(name)}`)
  }
  for (const { table } of triggers) await client.query(`alter table ${quoted(table)} disable trigger user`)
  if (tables.length > 0) await client.query(`truncate ${tables.map(({ name }) => quoted(name)).join(', ')}`)
  return {
    close: async () => {
      for (const { table, name, definition } of keys) {
        const constraint = `add constraint ${client.escapeIdentifier(name)} ${definition}`
        await client.query(`alter table ${quoted(table)} ${constraint}`)
      }
      for (const { table } of triggers) await client.query(`alter table ${quoted(table)} enable trigger user`)
      for (const { name, value, isCalled } of sequences) {
        await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(name), value, isCalled])
      }
    },
  }
}
