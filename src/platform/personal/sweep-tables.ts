import { sql } from 'kysely'
import type { Sql } from '#engine/query/to-sql.ts'
import { attempt } from '#platform/db/attempt.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Tx } from '#platform/db/step.ts'
import { patternOf } from './identifiers.ts'
import { idsOf, type Subject } from './subject.ts'

/**
 * Tables that are dealt with by themselves: what tells companies and colleagues apart, definitions, derived tables that
 * follow their records, and the audit with its chain.
 */
const apart = [
  'company', 'person', 'unit', 'unit_parent', 'structure', 'assignment', 'period', 'exchange_rate', 'custom_object',
  'custom_field', 'object_setup', 'search_token', 'duplicate_key', 'duplicate_index', 'field_value', 'ledger_row',
  'rollup_year', 'audit_entry', 'audit_step', 'operation', 'personal_run', 'stored_file',
] // prettier-ignore

interface Column {
  readonly table: string
  readonly name: string
  readonly type: 'text' | 'character varying' | 'jsonb' | 'text[]'
  /** Columns by which its rows may name a record that they belong to. */
  readonly keys: readonly string[]
  readonly hasPayload: boolean
}

/**
 * Takes what tells the person apart out of every other table, also of rooms that come later: whatever has text may hold
 * it. Numbers go everywhere; names in rows that hold a number, too, or that belong to what is connected with the person.
 */
export async function sweepTables(ctx: Ctx, subject: Subject, mark: string, operationId: string): Promise<number> {
  let swept = 0
  for (const column of await inView(ctx, (tx) => textColumns(tx, ctx))) {
    const tried = await inStep(ctx, (step) => attempt(step, ({ tx }) => sweepColumn(tx, ctx, column, subject, mark)), {
      kind: 'personal.erase',
      operationId,
    })
    if (!tried.ok) throw new Error(`${column.table}.${column.name} could not be swept`, { cause: tried.error })
    swept += tried.result
  }
  return swept
}

async function textColumns(tx: Tx, ctx: Ctx): Promise<readonly Column[]> {
  const skipped = [...apart, ...ctx.company.wholeCatalogue.all().map(({ table }) => table)]
  const has = (name: string) => sql`exists (
    select from pg_attribute x where x.attrelid = c.oid and x.attname = ${name} and not x.attisdropped)`
  const { rows } = await sql<Column>`
    select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type,
      c.relname = 'event' as "hasPayload", array(
        select u.attname::text from pg_attribute u where u.attrelid = c.oid and u.attnum > 0 and not u.attisdropped
          and u.atttypid = 'uuid'::regtype and u.attname <> 'company_id' order by 1) as keys
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attgenerated = ''
      and a.atttypid in ('text'::regtype, 'varchar'::regtype, 'jsonb'::regtype, 'text[]'::regtype) and ${has('company_id')}
      and c.relname <> all(${skipped}::text[]) and has_column_privilege(c.oid, a.attnum, 'update')
      and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'f', 'u', 'c')
        and a.attnum = any(k.conkey)
        -- What must only not be empty stays so: the mark stands in it.
        and pg_get_constraintdef(k.oid) <> format('CHECK ((%I <> %L::text))', a.attname, ''))
    order by 1, 2`.execute(tx)
  return rows
}

async function sweepColumn(
  tx: Tx,
  ctx: Ctx,
  { table, name, type, keys, hasPayload }: Column,
  { identifiers: { numbers, names }, connected }: Subject,
  mark: string,
): Promise<number> {
  const all = [...numbers, ...names]
  if (all.length === 0) return 0
  const written = type === 'jsonb' ? (one: string) => JSON.stringify(one).slice(1, -1) : (one: string) => one
  const column = sql.ref(`t.${name}`)
  const text = type === 'text[]' ? sql`array_to_string(${column}, chr(10))` : sql`${column}::text`
  const without = (wanted: readonly string[]): Sql => withoutSql(type, column, patternOf(wanted), mark)
  // The exact look, by which borders are told, is for the few that hold the signs at all.
  const holds = (wanted: readonly string[]): Sql =>
    wanted.length === 0
      ? sql`false`
      : sql`(${sql.join(
          wanted.map((one) => sql`position(${written(one)} in ${text}) > 0`),
          sql` or `,
        )}) and ${column} is distinct from ${without(wanted)}`
  const ids = idsOf(connected)
  const nearby = hasPayload
    ? sql`(t.payload ->> 'recordId' = any(${ids}::text[]) or t.payload ->> 'id' = any(${ids}::text[]))`
    : sql`(${sql.join([sql`false`, ...keys.map((key) => sql`${sql.ref(`t.${key}`)} = any(${ids}::uuid[])`)], sql` or `)})`
  const { numAffectedRows } = await sql`
    update ${sql.table(table)} t set ${sql.id(name)} = ${without(all)}
    where t.company_id = ${ctx.company.id} and ((${holds(numbers)}) or (${nearby} and ${holds(names)}))`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

function withoutSql(type: Column['type'], column: Sql, pattern: string, mark: string): Sql {
  if (type === 'jsonb') return sql`without_words(${column}, ${pattern}, ${mark})`
  const inText = (text: Sql) => sql`regexp_replace(${text}, ${pattern}, ${mark}, 'g')`
  return type === 'text[]' ? sql`array(select ${inText(sql`x`)} from unnest(${column}) x)` : inText(column)
}
