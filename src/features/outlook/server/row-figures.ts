import { figureOf, type Metric } from '#engine/metrics/metric.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { readTree } from '#platform/ledger/index.ts'
import type { Period } from '#engine/calendar/period.ts'

/** What a row of a plan had in one span: unit, or unit and person, joined by a dot. */
export interface RowFigure {
  readonly value: number | null
  /** People who stood there. */
  readonly people: readonly string[]
  /** Who leads a unit. */
  readonly headName: string | null
}

interface Sums extends Omit<RowFigure, 'value'> {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** A metric over a span at every node in sight of the actor, by the key that rows of plans have. */
export async function rowFigures(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  span: Pick<Period, 'from' | 'to'>,
): Promise<ReadonlyMap<string, RowFigure>> {
  const { tree, isToCome } = await readTree(tx, ctx, metric, span)
  const sums = new Map<string, Sums>()
  addUp(tree, sums)
  return new Map(
    [...sums].map(([key, { numerator, denominator, ...rest }]) => {
      const figure = isToCome ? null : figureOf(metric, numerator, denominator)
      return [key, { value: figure === null ? null : Number(figure), ...rest }]
    }),
  )
}

/** A unit that stood in two places has what both had. Answers who stands below. */
function addUp(node: TierNode, sums: Map<string, Sums>): readonly string[] {
  const below = node.children.flatMap((child) => addUp(child, sums))
  const people = node.kind === 'person' && node.personId !== null && node.current ? [node.personId] : below
  if (node.unitId === null) return people
  const key = node.kind === 'person' ? `${node.unitId}.${node.personId ?? ''}` : node.unitId
  const known = sums.get(key)
  sums.set(key, {
    numerator: (known?.numerator ?? 0n) + node.numerator,
    denominator: (known?.denominator ?? 0n) + node.denominator,
    people: [...(known?.people ?? []), ...people],
    headName: node.headName,
  })
  return people
}
