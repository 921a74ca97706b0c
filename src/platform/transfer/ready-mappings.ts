import type { ReadyView } from '#engine/transfer/opened-file.ts'
import { columnsFor, readyMapping, type ReadyMapping } from '#engine/transfer/ready-mapping.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { rememberedColumns } from './import-store.ts'
import { importTargets } from './targets.ts'

const registered: ReadyMapping[] = []

/** Called by the app when it is put together: exports of other products that are recognised. */
export function registerReadyMappings(...mappings: readonly ReadyMapping[]): void {
  registered.push(...mappings)
}

/**
 * The ready-made mappings that fit a file and lead where the actor may import, the one that uses most columns first.
 * What earlier imports of the object chose for a column goes before what is ready for it.
 */
export async function readyFor(
  ctx: Ctx,
  headers: readonly string[],
  samples: readonly (readonly string[])[],
): Promise<ReadyView[]> {
  const targets = new Map(importTargets(ctx).map((target) => [target.object, target]))
  const fitting = registered
    .flatMap((ready) => {
      const [target, columns] = [targets.get(ready.object), columnsFor(ready, headers)]
      return target && columns ? [{ ready, target, columns }] : []
    })
    .toSorted((left, right) => Object.keys(right.columns).length - Object.keys(left.columns).length)
  const views: ReadyView[] = []
  for (const { ready, target, columns } of fitting) {
    const remembered = await inView(ctx, (tx) => rememberedColumns(tx, ctx, target.object))
    const mapping = readyMapping(ready, columns, target, { headers, samples, remembered })
    views.push({ source: ready.source, kind: ready.kind, mapping })
  }
  return views
}
