import type { ReadyView } from '#engine/transfer/contract.ts'
import type { Mapping } from '#engine/transfer/mapping.ts'
import { fittedTo, type ReadyMapping } from '#engine/transfer/ready-mapping.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { importTargets } from './targets.ts'

const registered: ReadyMapping[] = []

/** Called by the app when it is put together: exports of other products that are recognised. */
export function registerReadyMappings(...mappings: readonly ReadyMapping[]): void {
  registered.push(...mappings)
}

/** The ready-made mappings that fit a file and lead where the actor may import, the one that uses most columns first. */
export function readyFor(ctx: Ctx, headers: readonly string[]): ReadyView[] {
  const objects = new Set(importTargets(ctx).map((target) => target.object))
  return registered
    .filter((ready) => objects.has(ready.object))
    .flatMap((ready) => {
      const mapping = fittedTo(ready, headers)
      return mapping ? [{ source: ready.source, kind: ready.kind, mapping }] : []
    })
    .toSorted((left, right) => used(right.mapping) - used(left.mapping))
}

function used({ columns }: Mapping): number {
  return Object.keys(columns).length
}
