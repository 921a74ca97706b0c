import { addDays } from '#engine/calendar/day.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import type { GivenReader } from '#platform/ledger/index.ts'
import { writeAmount } from '#engine/metrics/metric.ts'
import type { MarketBehind } from '../contract.ts'
import {
  countedSizes,
  coverage,
  coveredBy,
  everywhere,
  isTerritory,
  worthOf,
  type CoveringUnit,
  type MarketSize,
  type Territory,
} from '../market-share.ts'
import { shownSize } from './keep-market.ts'
import { sizesById, sizesIn, territories, type UnitTerritory } from './market-store.ts'

interface Span {
  /** `[from, to)` */
  readonly from: string
  readonly to: string
}

/** What is known of the market of a territory over a span, in the base currency; null unless all of it is. */
export async function marketSizeOf(tx: Tx, ctx: Ctx, territory: Territory, span: Span): Promise<string | null> {
  const worth = worthOf([territory], await sizesIn(tx, ctx, span), span)
  return worth === null ? null : writeAmount(worth)
}

/** The same for the units of a tree, in ten-thousandths by their keys; those of which not all is known are left out. */
export const marketSizesOfUnits: GivenReader = async (tx, ctx, { tree, span }) => {
  const sizes = await sizesIn(tx, ctx, span)
  if (sizes.length === 0) return new Map()
  const known = new Map((await territories(tx, ctx, addDays(span.to, -1))).map((one) => [one.unitId, one]))
  const worths = [...coverage(unitsOf(tree), known)].flatMap(([unitId, covered]) => {
    const worth = worthOf(told(covered, known.get(unitId), { sizes, span }), sizes, span)
    return worth === null ? [] : [[unitId, worth] as const]
  })
  return new Map(worths)
}

/**
 * Who told the market of a node, and how much of each telling counts; where it is not known why, with what was told of it.
 * `node` is of the tree of the span.
 */
export async function marketBehind(
  tx: Tx,
  ctx: Ctx,
  { node, span }: { readonly node: Tree; readonly span: Span },
): Promise<MarketBehind> {
  const known = new Map((await territories(tx, ctx, addDays(span.to, -1))).map((one) => [one.unitId, one]))
  const isUnit = node.kind === 'unit' && node.unitId !== null
  const sizes = await sizesIn(tx, ctx, span)
  const own = (isUnit && coverage(unitsOf(node), known).get(node.unitId ?? '')) || null
  const covered = told(own, isUnit ? known.get(node.unitId ?? '') : undefined, { sizes, span })
  const market = countedSizes(covered, sizes, span)
  const amounts = market.ok
    ? new Map(market.counted.map(({ size, amount }) => [size.id, writeAmount(amount)]))
    : new Map(covered.flatMap((territory) => coveredBy(territory, sizes)).map(({ id }) => [id, null]))
  const rows = await sizesById(tx, ctx, [...amounts.keys()])
  return {
    unknown: market.ok ? null : market.reason,
    sizes: rows.map((row) => ({ ...shownSize(ctx, row), counted: amounts.get(row.id) ?? null })),
  }
}

/**
 * The territories whose market counts for a unit. The company as a whole covers everywhere: where the market of what its
 * units cover is not told, a size of everywhere is.
 */
function told(
  covered: readonly Territory[] | null,
  unit: UnitTerritory | undefined,
  { sizes, span }: { readonly sizes: readonly MarketSize[]; readonly span: Span },
): readonly Territory[] {
  const own = covered ?? []
  const isWhole = unit?.isTop === true && !isTerritory(unit)
  return isWhole && worthOf(own, sizes, span) === null && worthOf([everywhere], sizes, span) !== null
    ? [everywhere]
    : own
}

type Tree = Parameters<GivenReader>[2]['tree']

function unitsOf({ unitId, children }: Tree): CoveringUnit {
  return { unitId, children: children.filter(({ kind }) => kind === 'unit').map(unitsOf) }
}
