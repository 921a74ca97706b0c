export interface TreeRow<Row> {
  readonly row: Row
  readonly key: string
  readonly level: number
  readonly parentKey: string | undefined
  readonly hasChildren: boolean
  readonly isOpen: boolean
  /** Place among the siblings, from 1. */
  readonly place: number
  readonly siblings: number
}

export interface TreeShape<Row> {
  readonly keyOf: (row: Row) => string
  readonly childrenOf: (row: Row) => readonly Row[]
}

/** The rows of a tree that can be seen, in order, under the rows that are open. */
export function flattenTree<Row>(
  roots: readonly Row[],
  shape: TreeShape<Row>,
  open: ReadonlySet<string>,
): TreeRow<Row>[] {
  const rows: TreeRow<Row>[] = []
  const walk = (siblings: readonly Row[], level: number, parentKey: string | undefined) => {
    siblings.forEach((row, at) => {
      const key = shape.keyOf(row)
      const children = shape.childrenOf(row)
      const isOpen = open.has(key) && children.length > 0
      rows.push({
        row,
        key,
        level,
        parentKey,
        hasChildren: children.length > 0,
        isOpen,
        place: at + 1,
        siblings: siblings.length,
      })
      if (isOpen) walk(children, level + 1, key)
    })
  }
  walk(roots, 1, undefined)
  return rows
}
