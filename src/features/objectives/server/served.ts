import { sql } from 'kysely'
import { planStore } from '#features/targets/server/index.ts'
import { nobody } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'

interface Place {
  readonly unitId: string
  readonly personId: string | null
}

/**
 * How many objectives a row of a plan serves: those linked to the whole plan, to the row, or to a unit above it. Objectives
 * that were dropped are served by nobody.
 */
export async function objectivesServed(tx: Tx, planId: string): Promise<(row: Place) => number> {
  const { rows } = await sql<{ objective: string; unit: string | null; person: string | null }>`
    select l.objective_id as objective, nullif(l.unit_id, ${nobody}::uuid) as unit, nullif(l.person_id, ${nobody}::uuid) as person
    from objective_link l join objective o on o.company_id = l.company_id and o.id = l.objective_id
    where l.plan_id = ${planId} and o.status <> 'dropped'`.execute(tx)
  const parents = rows.some(({ unit }) => unit !== null) ? await planStore.parents(tx, planId) : new Map<string, null>()
  return ({ unitId, personId }) => {
    const above = new Set<string>()
    for (let unit: string | null = unitId; unit !== null; unit = parents.get(unit) ?? null) above.add(unit)
    const serving = rows.filter(
      ({ unit, person }) =>
        unit === null || (person === null ? above.has(unit) : unit === unitId && person === personId),
    )
    return new Set(serving.map(({ objective }) => objective)).size
  }
}
