import { sql } from 'kysely'
import type { Step, Tx } from '#platform/db/step.ts'

export interface ComparisonIndex {
  readonly object: string
  readonly comparison: string
  /** `building`: records that were there before are still being read. */
  readonly state: 'building' | 'ready'
  readonly done: number
}

export async function indexesOf(tx: Tx, company: string): Promise<readonly ComparisonIndex[]> {
  const { rows } = await sql<Omit<ComparisonIndex, 'done'> & { readonly done: string }>`
    select object, comparison, state, done_count as done from duplicate_index
    where company_id = ${company} order by object, comparison`.execute(tx)
  return rows.map((row) => ({ ...row, done: Number(row.done) }))
}

/** Notes that a comparison is being read, from its beginning, or that it has been. */
export async function noteIndex(
  { ctx, tx }: Step,
  object: string,
  comparison: string,
  state: ComparisonIndex['state'],
): Promise<void> {
  await sql`
    insert into duplicate_index (company_id, object, comparison, state)
    values (${ctx.company.id}, ${object}, ${comparison}, ${state})
    on conflict (company_id, object, comparison) do update set state = excluded.state,
      done_count = case when excluded.state = 'building' then 0 else duplicate_index.done_count end`.execute(tx)
}

export async function addDone({ ctx, tx }: Step, object: string, comparison: string, count: number): Promise<void> {
  await sql`
    update duplicate_index set done_count = done_count + ${count}
    where company_id = ${ctx.company.id} and object = ${object} and comparison = ${comparison}`.execute(tx)
}

/** Forgets a comparison that no rule makes any more, with its keys. */
export async function forgetIndex({ ctx, tx }: Step, object: string, comparison: string): Promise<void> {
  const of = sql`company_id = ${ctx.company.id} and object = ${object} and comparison = ${comparison}`
  await sql`delete from duplicate_key where ${of}`.execute(tx)
  await sql`delete from duplicate_index where ${of}`.execute(tx)
}
