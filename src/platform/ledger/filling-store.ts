import { sql } from 'kysely'
import type { Step, Tx } from '#platform/db/step.ts'
import { writtenBy } from './written-by.ts'

/** How far the ledger follows the metrics that the product came with. */
export interface Filling {
  readonly metrics: readonly string[]
  readonly objects: readonly string[]
  /** Key of the last record that is done. */
  readonly after: string
  readonly writtenBy: string
  readonly isFailed: boolean
}

const columns = sql`metrics, objects, after_record as after, written_by as "writtenBy", is_failed as "isFailed"`

/** Of the company of the transaction; undefined: nothing is being filled. */
export async function fillingIn(tx: Tx): Promise<Filling | undefined> {
  const { rows } = await sql<Filling>`
    select ${columns} from ledger_filling where company_id = current_company()`.execute(tx)
  return rows[0]
}

export async function lockFilling({ tx }: Step): Promise<Filling | undefined> {
  const { rows } = await sql<Filling>`
    select ${columns} from ledger_filling where company_id = current_company() for update`.execute(tx)
  return rows[0]
}

/** Begins, or goes on where the same was begun before. */
export async function startFillingNew(
  { tx, ctx }: Step,
  { metrics, objects }: Pick<Filling, 'metrics' | 'objects'>,
): Promise<void> {
  await sql`
    insert into ledger_filling as f (company_id, metrics, objects, written_by)
    values (${ctx.company.id}, ${metrics}::text[], ${objects}::text[], ${writtenBy()})
    on conflict (company_id) do update set is_failed = false, metrics = excluded.metrics, written_by = excluded.written_by,
      objects = case when f.written_by = excluded.written_by then f.objects else excluded.objects end,
      after_record = case when f.written_by = excluded.written_by then f.after_record
        else '00000000-0000-0000-0000-000000000000' end`.execute(tx)
}

/** `last`: the record that was done last; undefined: the object in hand is done. */
export async function advanceFillingNew({ tx, ctx }: Step, last: string | undefined): Promise<void> {
  await sql`
    update ledger_filling set objects = ${last === undefined ? sql`objects[2:]` : sql`objects`},
      after_record = ${last ?? '00000000-0000-0000-0000-000000000000'}
    where company_id = ${ctx.company.id}`.execute(tx)
}

export async function failFillingNew({ tx, ctx }: Step): Promise<void> {
  await sql`update ledger_filling set is_failed = true where company_id = ${ctx.company.id}`.execute(tx)
}

export async function endFillingNew({ tx, ctx }: Step): Promise<void> {
  await sql`delete from ledger_filling where company_id = ${ctx.company.id}`.execute(tx)
}
