import { sql } from 'kysely'
import { readAmount } from '#engine/metrics/metric.ts'
import type { Tx } from '#platform/db/step.ts'
import type { Moves } from '../moves.ts'
import type { LedgerKey } from './window-store.ts'

export interface MovedRecord {
  readonly object: string
  readonly recordId: string
  /** What the move brings, less what it takes away. */
  readonly amount: bigint
}

export interface MovedRecords {
  /** The largest first, as many as were asked for. */
  readonly rows: readonly MovedRecord[]
  readonly count: number
}

/** Records that stayed as they were while their units moved; `but` these, which changed themselves. */
export async function movedRecords(
  tx: Tx,
  key: LedgerKey,
  { spans, unitIds, personIds }: Moves,
  { but, most }: { readonly but: readonly string[]; readonly most: number },
): Promise<MovedRecords> {
  const { rows } = await sql<{ object: string; recordId: string; amount: string; count: number }>`
    with span as (
      select * from jsonb_to_recordset(${JSON.stringify(spans)}::jsonb) as s(
        "unitId" uuid, "personId" uuid, "from" date, "to" date, sign int)
    ), moved as (
      select l.record_id, min(l.object) as object, sum(l.numerator * s.sign) as amount from span s
      join ledger_row l on l.company_id = ${key.ctx.company.id} and l.metric = ${key.metric.key}
        and l.structure_id = ${key.structureId} and l.day >= s."from" and l.day < s."to"
        and (l.unit_id = s."unitId" or (s."unitId" is null and l.unit_id <> all(${unitIds}::uuid[])))
        and (l.person_id = s."personId" or (s."personId" is null and l.person_id <> all(${personIds}::uuid[])))
      where not exists (select from unnest(${but}::uuid[]) b where b = l.record_id)
      group by 1 having sum(l.numerator * s.sign) <> 0
    )
    select object, record_id as "recordId", amount::text, count(*) over ()::int as count from moved
    order by abs(amount) desc, record_id limit ${most}`.execute(tx)
  return {
    rows: rows.map(({ object, recordId, amount }) => ({ object, recordId, amount: readAmount(amount) })),
    count: rows[0]?.count ?? 0,
  }
}
