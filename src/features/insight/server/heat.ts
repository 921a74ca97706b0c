import { fiscalMonths, fiscalYearOf, labelInYear } from '#engine/calendar/period.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { targetErrors, type AttainmentNode } from '#features/targets/contract.ts'
import { attainmentOver } from '#features/targets/server/index.ts'
import type { HeatCell, HeatRow } from '../contract.ts'

interface Question {
  readonly year?: number | undefined
  readonly node?: string | undefined
}

/**
 * A node and its children by the periods of a fiscal year, as the attainment tree of each period tells them. A child
 * that stands there in some periods only has null in the others. NODE_NOT_FOUND where the node stands in none.
 */
export async function heatMap(ctx: Ctx, metric: string, { year: asked, node }: Question) {
  const { calendar } = ctx.company
  const year = asked ?? fiscalYearOf(ctx.today, calendar)
  const periods = fiscalMonths(calendar, year)
  const tops = await attainmentOver(ctx, metric, periods, node)
  const rows = rowsOf(tops)
  if (rows.length === 0) throw targetErrors.NODE_NOT_FOUND()
  return {
    year,
    periods: periods.map((period) => ({
      key: period.key,
      label: period.label,
      short: labelInYear(period),
      from: period.from,
      to: period.to,
    })),
    rows,
  }
}

function rowsOf(tops: readonly (AttainmentNode | undefined)[]): readonly HeatRow[] {
  const known = tops.findLast((top) => top !== undefined)
  if (!known) return []
  const children = new Map(tops.flatMap((top) => top?.children ?? []).map((child) => [child.id, child]))
  return [
    rowOf(known, null, tops),
    ...[...children.values()].map((child) =>
      rowOf(
        child,
        known.id,
        tops.map((top) => top?.children.find(({ id }) => id === child.id)),
      ),
    ),
  ]
}

function rowOf(
  { id, kind, name, tier }: AttainmentNode,
  parentId: string | null,
  cells: readonly (AttainmentNode | undefined)[],
): HeatRow {
  return {
    ...{ id, parentId, kind, name, tier },
    hasChildren: cells.some((cell) => (cell?.children.length ?? 0) > 0),
    cells: cells.map((cell) => (cell ? cellOf(cell) : null)),
  }
}

const cellOf = ({ actual, target, attainment, gap, light, reason }: AttainmentNode): HeatCell => ({
  actual,
  target,
  attainment,
  gap,
  light,
  reason,
})
