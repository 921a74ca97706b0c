import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { mayAct } from '#platform/records/scope.ts'
import { managePlans } from '#features/targets/contract.ts'
import { planStore } from '#features/targets/server/index.ts'
import type { StoredAppeal } from './appeal-store.ts'
import { headsOf } from './head-store.ts'

/**
 * The unit whose head decides: the nearest above the row that has a head who is not the appellant, beginning after `past`
 * if told. Null: nobody leads there, those who make plans decide.
 */
export async function decidingUnit(
  tx: Tx,
  { planId, unitId, personId, appellantId }: Pick<StoredAppeal, 'planId' | 'unitId' | 'personId' | 'appellantId'>,
  past?: string,
): Promise<string | null> {
  const parents = await planStore.parents(tx, planId)
  const chain: string[] = []
  const first = past !== undefined ? parents.get(past) : personId === null ? parents.get(unitId) : unitId
  for (let unit = first ?? null; unit !== null; unit = parents.get(unit) ?? null) chain.push(unit)
  const heads = await headsOf(tx, chain)
  return chain.find((unit) => heads.has(unit) && heads.get(unit) !== appellantId) ?? null
}

/** Whether the actor decides the appeal: as the head of the unit where it lies, or as one who makes plans. Never their own. */
export function isDecider(ctx: Ctx, appeal: StoredAppeal, heads: ReadonlyMap<string, string>): boolean {
  const { personId } = ctx.actor
  if (personId === null || personId === appeal.appellantId) return false
  return mayAct(ctx, managePlans) || (appeal.atUnitId !== null && heads.get(appeal.atUnitId) === personId)
}
