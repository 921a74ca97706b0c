import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import type { TargetRow } from './target.ts'

/** A row that was tried and taken back, with the marks by which later ones find it. */
export interface Rehearsed extends TargetRow {
  readonly marks: readonly string[]
}

/** Keeps rows until the rehearsal is over. */
export async function keepRehearsed(tx: Tx, ctx: Ctx, importId: string, rows: readonly Rehearsed[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    with kept as (
      select line, values, marks from jsonb_to_recordset(${JSON.stringify(rows).replaceAll('\\u0000', '')}::jsonb)
        as r(line int, values jsonb, marks text[])
    ), rehearsed as (
      insert into import_rehearsed (company_id, import_id, line, values)
      select ${ctx.company.id}, ${importId}, line, values from kept
    )
    insert into import_tie (company_id, import_id, mark, line)
    select distinct ${ctx.company.id}::uuid, ${importId}::uuid, mark, line from kept cross join unnest(marks) as mark`.execute(
    tx,
  )
}

/** The rows with one of these marks, those that share a mark with them, and the rows of these lines, in their order. */
export async function rehearsedWith(
  tx: Tx,
  ctx: Ctx,
  importId: string,
  { marks, lines = [] }: { readonly marks: readonly string[]; readonly lines?: readonly number[] },
): Promise<readonly TargetRow[]> {
  if (marks.length + lines.length === 0) return []
  const mine = (table: string) =>
    sql`${sql.ref(`${table}.company_id`)} = ${ctx.company.id} and ${sql.ref(`${table}.import_id`)} = ${importId}`
  const { rows } = await sql<TargetRow>`
    with recursive tied as (
      select i.line from import_tie i where ${mine('i')} and i.mark = any(${marks}::text[])
      union
      select other.line from tied
      join import_tie own on ${mine('own')} and own.line = tied.line
      join import_tie other on ${mine('other')} and other.mark = own.mark
    )
    select r.line, r.values from import_rehearsed r
    where ${mine('r')} and r.line in (select line from tied union select unnest(${lines}::int[])) order by r.line`.execute(
    tx,
  )
  return rows
}

export async function forgetRehearsed(tx: Tx, ctx: Ctx, importId: string): Promise<void> {
  await sql`delete from import_rehearsed where company_id = ${ctx.company.id} and import_id = ${importId}`.execute(tx)
}
