import type { ReactNode } from 'react'
import { useDroppable } from '@dnd-kit/core'
import { rectSortingStrategy, SortableContext } from '@dnd-kit/sortable'

interface TileListProps {
  readonly id: string
  readonly keys: readonly string[]
  readonly columns: 1 | 2
  /** Said where there is no field. */
  readonly empty: string
  readonly children: ReactNode
}

/** A place into which fields can be dropped. */
export function TileList({ id, keys, columns, empty, children }: TileListProps) {
  const { setNodeRef, isOver } = useDroppable({ id })
  return (
    <SortableContext id={id} items={[...keys]} strategy={rectSortingStrategy}>
      <div ref={setNodeRef} className="tile-list" data-columns={columns} data-over={isOver}>
        {keys.length === 0 ? <p className="muted">{empty}</p> : children}
      </div>
    </SortableContext>
  )
}
