import { sql } from 'kysely'
import { readAmount } from '#engine/metrics/metric.ts'
import { nobody } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'
import type { SideLevel } from '../levels.ts'
import { nodeIdOf } from '../node-id.ts'
import { levelCells } from './cells-store.ts'
import type { CellsWanted } from './cells-store.ts'
import { overMonths, type OverMonths } from './over-months.ts'

export type LevelsOfRow = Readonly<Partial<Record<SideLevel, bigint>>>

/**
 * Floor and stretch of every row of a plan over some leaf periods (from 1), in ten-thousandths, for `levelReached`. Empty
 * where the plan has the target alone; a level that is nothing everywhere is none. Whoever asks shows only rows that the actor sees.
 */
export async function readLevels(
  tx: Tx,
  plan: CellsWanted,
  months: readonly number[],
): Promise<ReadonlyMap<string, LevelsOfRow>> {
  const { rows: plans } = await sql<OverMonths>`
    select over_periods as periods, unit::text from plan where id = ${plan.planId}`.execute(tx)
  const [rule] = plans
  if (!rule) return new Map()
  const { rows } = await sql<{ level: SideLevel; unitId: string; personId: string; value: string }>`
    select t.level, t.unit_id as "unitId", t.person_id as "personId", ${overMonths(sql`t.months`, rule, months)}::text as value
    from ${levelCells(plan)} t`.execute(tx)
  const set = new Set(rows.flatMap(({ level, value }) => (readAmount(value) === 0n ? [] : [level])))
  const found = new Map<string, LevelsOfRow>()
  for (const { level, unitId, personId, value } of rows.filter((row) => set.has(row.level))) {
    const id = nodeIdOf({ unitId, personId: personId === nobody ? null : personId })
    found.set(id, { ...found.get(id), [level]: readAmount(value) })
  }
  return found
}
