import { sql } from 'kysely'
import type { Step } from '#platform/db/step.ts'
import type { Merge } from './merge-store.ts'

const tables: string[] = []

/** Rows of this table belong to a record, named by `object` and `record_id`, and go with it when it is merged. */
export function registerBelonging(table: string): void {
  tables.push(table)
}

/** Comments, files and the like of the losers belong to the winner from now on; those in the recycle bin too. */
export async function moveBelongings({ ctx, tx }: Step, merge: Pick<Merge, 'id' | 'object' | 'winnerId' | 'loserIds'>) {
  const company = ctx.company.id
  for (const table of tables) {
    await sql`
      with found as (
        select id, record_id from ${sql.table(table)}
        where company_id = ${company} and object = ${merge.object} and record_id = any(${merge.loserIds}::uuid[])
        order by id for update
      ), moved as (
        update ${sql.table(table)} b set record_id = ${merge.winnerId} from found
        where b.company_id = ${company} and b.id = found.id
      )
      insert into record_merge_part (company_id, merge_id, belonging, part_id, from_id)
      select ${company}, ${merge.id}, ${table}, id, record_id from found`.execute(tx)
  }
}

/** What the merge moved and still belongs to its winner goes back. */
export async function returnBelongings({ ctx, tx }: Step, merge: Pick<Merge, 'id' | 'winnerId'>): Promise<void> {
  const company = ctx.company.id
  for (const table of tables) {
    await sql`
      update ${sql.table(table)} b set record_id = m.from_id from record_merge_part m
      where m.company_id = ${company} and m.merge_id = ${merge.id} and m.belonging = ${table}
        and b.company_id = ${company} and b.id = m.part_id and b.record_id = ${merge.winnerId}`.execute(tx)
  }
}
