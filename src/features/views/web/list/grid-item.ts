import type { RecordRow, Totals } from '#features/objects/web/index.tsx'

export type TotalsGroup = NonNullable<Totals['groups']>[number]

/** A heading with the figures of the records under it. */
export interface GroupItem {
  readonly kind: 'group'
  readonly key: string
  readonly level: 0 | 1
  readonly group: Omit<TotalsGroup, 'groups'>
  readonly isOpen: boolean
}

/** What one line of the grid shows. */
export type GridItem =
  | { readonly kind: 'row'; readonly key: string; readonly row: RecordRow }
  | GroupItem
  /** The records of a group that are not listed here, or that are on their way. */
  | {
      readonly kind: 'rest'
      readonly key: string
      readonly groupKey: string
      readonly count: number
      readonly isPending: boolean
    }
