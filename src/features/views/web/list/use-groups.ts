import { useMemo, useState } from 'react'
import { useQueries } from '@tanstack/react-query'
import { objectsRoutes } from '#features/objects/contract.ts'
import {
  bodyOf,
  fieldOf,
  useTotals,
  type Grouping,
  type Measure,
  type RecordRow,
  type ScreenObject,
} from '#features/objects/web/index.tsx'
import type { SortKey } from '#engine/model/object-type.ts'
import { all, type Filter } from '#engine/query/filter.ts'
import { call } from '#web/api/call.ts'
import { filterOfGroup } from '../whole-filter.ts'
import { inOrder } from './group-order.ts'
import type { GridItem, GroupItem, TotalsGroup } from './grid-item.ts'

/** Records of a group that are listed under it; the rest is opened as a list of its own. */
const listed = 50

interface GroupsQuestion {
  readonly filter: Filter | undefined
  readonly sort: readonly SortKey[] | undefined
  readonly fields: readonly string[]
  readonly group: readonly Grouping[]
  readonly measures: readonly Measure[]
}

interface Leaf {
  readonly key: string
  readonly filter: Filter
  readonly count: number
}

/** The lines of a list that is gathered: headings with subtotals, and the records of those that are open. */
export function useGroups(object: ScreenObject, question: GroupsQuestion) {
  const { filter, sort, fields, group, measures } = question
  const [openKeys, setOpenKeys] = useState<ReadonlySet<string>>(new Set())
  const totals = useTotals(object.key, { filter, measures, groupBy: group }, group.length > 0)
  const nodes = useMemo(() => {
    const [first, second] = group.map((one) => fieldOf(object, one.field))
    const below = (node: TotalsGroup, path: string, parts: Filter): Node => ({
      item: { kind: 'group', key: path, level: 0, group: node, isOpen: openKeys.has(path) },
      filter: parts,
      nodes: second
        ? inOrder(node.groups ?? [], second).map((one) => {
            const key = `${path}/${one.value ?? ''}`
            return {
              item: { kind: 'group', key, level: 1, group: one, isOpen: openKeys.has(key) },
              filter: all(parts, filterOfGroup(second, one)),
              nodes: [],
            }
          })
        : [],
    })
    return first
      ? inOrder(totals.data?.groups ?? [], first).map((node) =>
          below(node, node.value ?? '', filterOfGroup(first, node)),
        )
      : []
  }, [group, object, openKeys, totals.data])

  const leaves = useMemo(() => {
    const isLeaf = (node: Node) => node.nodes.length === 0
    const open = nodes.flatMap((node) =>
      node.item.isOpen ? [node, ...node.nodes.filter(({ item }) => item.isOpen)] : [],
    )
    return open
      .filter(isLeaf)
      .map(({ item, filter: own }): Leaf => ({ key: item.key, filter: own, count: item.group.count }))
  }, [nodes])
  const pages = useQueries({
    queries: leaves.map((leaf) => {
      const asked = { filter: filter ? all(filter, leaf.filter) : leaf.filter, sort, fields, limit: listed }
      return {
        queryKey: ['records', object.key, 'query', asked],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          call(objectsRoutes.query, { params: { object: object.key }, body: bodyOf(asked), signal }),
      }
    }),
    combine: (results) => results.map(({ data }) => data?.rows),
  })

  const items = useMemo(() => {
    const rowsOf = new Map(leaves.map((leaf, at) => [leaf.key, { leaf, rows: pages[at] }]))
    return nodes.flatMap((node) => linesOf(node, rowsOf))
  }, [leaves, nodes, pages])
  const filters = useMemo(
    () => new Map(nodes.flatMap((node) => [node, ...node.nodes]).map((node) => [node.item.key, node.filter])),
    [nodes],
  )

  return {
    totals,
    items,
    /** What a group gathers, apart from the filter of the list. */
    filterOf: (key: string) => filters.get(key),
    fold: (item: GroupItem, isOpen: boolean) =>
      setOpenKeys((before) =>
        isOpen ? new Set([...before, item.key]) : new Set([...before].filter((key) => key !== item.key)),
      ),
  }
}

interface Node {
  readonly item: GroupItem
  readonly filter: Filter
  readonly nodes: readonly Node[]
}

interface LeafRows {
  readonly leaf: Leaf
  readonly rows: readonly RecordRow[] | undefined
}

function linesOf(node: Node, rowsOf: ReadonlyMap<string, LeafRows>): readonly GridItem[] {
  const { item, nodes } = node
  if (!item.isOpen) return [item]
  if (nodes.length > 0) return [item, ...nodes.flatMap((one) => linesOf(one, rowsOf))]
  const rows = rowsOf.get(item.key)?.rows
  const rest = item.group.count - (rows?.length ?? 0)
  const lines = (rows ?? []).map((row): GridItem => ({ kind: 'row', key: `${item.key}#${row.id}`, row }))
  const more: GridItem = {
    kind: 'rest',
    key: `${item.key}…`,
    groupKey: item.key,
    count: rest,
    isPending: rows === undefined,
  }
  return [item, ...lines, ...(rest > 0 ? [more] : [])]
}
