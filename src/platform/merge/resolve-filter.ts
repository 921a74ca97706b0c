import type { ObjectType } from '#engine/model/object-type.ts'
import type { Filter } from '#engine/query/filter.ts'
import { namedIn } from '#engine/query/named-in.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'
import { placesAfterMerges } from './merge-store.ts'

/**
 * Of the records that filters of an object name, those that were merged away, by id what each became. The filters are
 * kept as they are and renamed when they are shown: once the merge is undone, they name the same record again.
 */
export async function becameOf(
  tx: Tx,
  { company }: Ctx,
  object: ObjectType,
  filters: readonly Filter[],
): Promise<ReadonlyMap<string, string>> {
  const named = filters.flatMap((filter) => [...namedIn(filter, object, company.catalogue).records])
  const became = new Map<string, string>()
  for (const [key, some] of Map.groupBy(named, ([to]) => to)) {
    const ids = [...new Set(some.flatMap(([, each]) => [...each]))].filter(isId)
    for (const [id, now] of await placesAfterMerges(tx, company.id, key, ids)) became.set(id, now)
  }
  return became
}
