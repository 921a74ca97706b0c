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
      insert into import_rehearsed (company_id, import_id, line, values, marks)
      select ${ctx.company.id}, ${importId}, line, values, marks from kept
    )
    insert into import_tie (company_id, import_id, mark, line)
    select distinct ${ctx.company.id}::uuid, ${importId}::uuid, mark, line from kept cross join unnest(marks) as mark`.execute(
    tx,
  )
}

/** The rows with one of these marks, those of these lines, and those that share a mark with them, in their order. */
export async function rehearsedWith(
  tx: Tx,
  ctx: Ctx,
  importId: string,
  { marks, lines = [] }: { readonly marks: readonly string[]; readonly lines?: readonly number[] },
): Promise<readonly TargetRow[]> {
  const found = new Map<number, Rehearsed>()
  const asked = new Set<string>()
  let open = { marks, lines }
  while (open.marks.length + open.lines.length > 0) {
    for (const mark of open.marks) asked.add(mark)
    const fresh = await rowsAt(tx, ctx, importId, [...open.lines, ...(await linesWith(tx, ctx, importId, open.marks))])
    const unseen = fresh.filter(({ line }) => !found.has(line))
    for (const row of unseen) found.set(row.line, row)
    open = { marks: [...new Set(unseen.flatMap((row) => row.marks))].filter((mark) => !asked.has(mark)), lines: [] }
  }
  return [...found.values()].toSorted((one, other) => one.line - other.line)
}

async function linesWith(tx: Tx, ctx: Ctx, importId: string, marks: readonly string[]): Promise<readonly number[]> {
  const { rows } = await sql<{ line: number }>`
    select distinct line from import_tie
    where company_id = ${ctx.company.id} and import_id = ${importId} and mark = any(${marks}::text[])`.execute(tx)
  return rows.map(({ line }) => line)
}

async function rowsAt(tx: Tx, ctx: Ctx, importId: string, lines: readonly number[]): Promise<readonly Rehearsed[]> {
  const { rows } = await sql<Rehearsed>`
    select line, values, marks from import_rehearsed
    where company_id = ${ctx.company.id} and import_id = ${importId} and line = any(${lines}::int[])`.execute(tx)
  return rows
}

export async function forgetRehearsed(tx: Tx, ctx: Ctx, importId: string): Promise<void> {
  const company = ctx.company.id
  await sql`delete from import_tie where company_id = ${company} and import_id = ${importId}`.execute(tx)
  await sql`delete from import_rehearsed where company_id = ${company} and import_id = ${importId}`.execute(tx)
}
