import { sql } from 'kysely'
import type { Overdue } from '#engine/metrics/metric.ts'
import { fieldOf } from '#engine/model/column.ts'
import { storedSql } from '#engine/query/source.ts'
import type { Step } from '#platform/db/step.ts'
import type { Saved } from '#platform/records/draft.ts'

interface Settling {
  /** Key of the object that is settled. */
  readonly object: string
  readonly overdue: Overdue
}

/** What records of an object settle, by every metric that counts what is overdue. */
function settledBy({ ctx }: Step, object: string): readonly Settling[] {
  return ctx.company.metrics
    .all()
    .flatMap(({ sources }) =>
      sources.flatMap(({ of, overdue }) => (overdue?.settledBy.of === object ? [{ object: of, overdue }] : [])),
    )
}

/**
 * The records that these changes settle, more or less than before, and that have a due day, by object. They are locked:
 * of two settlements of one record at once the later sees the earlier.
 */
export async function settledRecords(
  step: Step,
  object: string,
  saved: readonly Pick<Saved, 'before' | 'after'>[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  for (const { object: of, overdue } of settledBy(step, object)) {
    const named = saved.flatMap(({ before, after }) => [before, after].map((values) => values?.[overdue.settledBy.by]))
    const keys = [...new Set(named)].filter((key) => typeof key === 'string')
    const type = step.ctx.company.wholeCatalogue.get(of)
    const due = fieldOf(type, overdue.due)
    if (keys.length === 0 || !due) continue
    const { rows } = await sql<{ id: string }>`
      select t.id from ${sql.table(type.table)} t
      where t.company_id = ${step.ctx.company.id} and t.id = any(${keys}::uuid[]) and ${storedSql(due, 't')} is not null
      order by t.id for no key update`.execute(step.tx)
    found.set(of, [...new Set([...(found.get(of) ?? []), ...rows.map(({ id }) => id)])])
  }
  return found
}
