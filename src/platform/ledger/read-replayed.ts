import type { TierNode } from '#engine/metrics/tier-node.ts'
import { tierTree, type Brought, type OrgShape, type UnitFacts } from '#engine/metrics/tier-tree.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { defaultStructure, orgShape, type Span } from './org-shape.ts'
import { creditedSpans, daysAsked } from './days-read.ts'
import { broughtInSpans } from './read-tree.ts'

/** A tree of units that never was, along which results are told anew. */
export interface Replay {
  /** Path of each unit from the top. */
  readonly paths: ReadonlyMap<string, readonly string[]>
  readonly units: readonly UnitFacts[]
  /** Where what a person brought to a unit would stand; `path`: where the unit stood on the days. */
  standsIn(unitId: string, personId: string, path: readonly string[]): string
}

export interface BroughtOver {
  readonly shape: OrgShape
  readonly brought: readonly Brought[]
}

/** What everybody brought over a span, by unit and stretch, whoever asks. */
export async function broughtOver(tx: Tx, ctx: Ctx, metric: Metric, span: Span): Promise<BroughtOver> {
  const structureId = await defaultStructure(tx, ctx)
  const { shape, spans } = creditedSpans(
    ctx,
    metric,
    await orgShape(tx, ctx, structureId, daysAsked(ctx, metric, span)),
  )
  return { shape, brought: await broughtInSpans(tx, { ctx, metric, structureId }, spans) }
}

/** The same results as they would have been along another tree. Nothing is written; the top stays. */
export function replayed(
  { shape, brought }: BroughtOver,
  { paths, units, standsIn }: Replay,
  topName: string,
): TierNode {
  const [first] = shape.stretches
  const last = shape.stretches.at(-1)
  const anew: OrgShape = {
    ...shape,
    stretches: [{ from: first?.from ?? '', to: last?.to ?? '', paths }],
    units: new Map([...shape.units, ...units.map((unit) => [unit.id, unit] as const)]),
    stays: [],
  }
  const shifted = brought.map((share) => {
    const path = shape.stretches[share.stretch]?.paths.get(share.unitId) ?? []
    return { ...share, stretch: 0, unitId: standsIn(share.unitId, share.personId, path) }
  })
  return tierTree(anew, shifted, topName)
}
