import { useQueries } from '@tanstack/react-query'
import { call, type CallReply } from '#web/api/call.ts'
import { heatRoute, type HeatRow } from '../../contract.ts'

export type Heat = CallReply<typeof heatRoute>

/** A row of the map with its depth below the top. */
export interface ShownRow extends HeatRow {
  readonly depth: number
}

/** The map of a node and, for every opened node, of its children. */
export function useHeat(metric: string, year: number, node: string | undefined, opened: readonly string[]) {
  const asked = [node, ...opened]
  return useQueries({
    queries: asked.map((each) => ({
      queryKey: ['metric', metric, 'heat', year, each ?? ''],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        call(heatRoute, { params: { metric }, query: { year, ...(each ? { node: each } : {}) }, signal }),
    })),
    combine: ([top, ...below]) => ({
      top,
      below: new Map(below.flatMap(({ data }) => (data?.rows[0] ? [[data.rows[0].id, data] as const] : []))),
    }),
  })
}

/** The rows in reading order: each opened row is followed by its children. */
export function shownRows(top: Heat, below: ReadonlyMap<string, Heat>): readonly ShownRow[] {
  const under = (row: HeatRow, depth: number): readonly ShownRow[] => [
    { ...row, depth },
    ...childrenOf(row, below).flatMap((child) => under(child, depth + 1)),
  ]
  const [first, ...children] = top.rows
  if (!first) return []
  return [{ ...first, depth: 0 }, ...children.filter(hasFigures).flatMap((child) => under(child, 1))]
}

function childrenOf(row: HeatRow, below: ReadonlyMap<string, Heat>): readonly HeatRow[] {
  return below.get(row.id)?.rows.slice(1).filter(hasFigures) ?? []
}

/** Whoever has neither targets nor results all year has nothing to show. */
function hasFigures({ cells }: HeatRow): boolean {
  return cells.some((cell) => Number(cell?.target ?? 0) !== 0 || Number(cell?.actual ?? 0) !== 0)
}
