import type { ObjectType } from '#engine/model/object-type.ts'
import type { Filter } from '#engine/query/filter.ts'
import { namedIn } from '#engine/query/named-in.ts'
import { renamed } from '#engine/query/renamed.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'
import { placesAfterMerges } from './merge-store.ts'

/**
 * A filter that was kept, naming for each record that was merged away what it became. It is kept as it was: once the
 * merge is undone, it names the same record again.
 */
export async function resolveFilter(tx: Tx, ctx: Ctx, object: ObjectType, filter: Filter): Promise<Filter> {
  const { company } = ctx
  const became = new Map<string, string>()
  for (const [key, ids] of namedIn(filter, object, company.catalogue).records) {
    for (const [id, now] of await placesAfterMerges(tx, company.id, key, [...ids].filter(isId))) became.set(id, now)
  }
  return renamed(filter, became)
}
