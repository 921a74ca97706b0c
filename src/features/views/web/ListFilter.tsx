import { Suspense } from 'react'
import { FilterBar, type ScreenObject } from '#features/objects/web/index.tsx'
import type { ShownView } from './use-views.ts'

interface ListFilterProps {
  readonly object: ScreenObject
  readonly shown: ShownView
}

/** Search and conditions of a view: the one place where views meet the control for filters. */
export function ListFilter({ object, shown }: ListFilterProps) {
  return (
    <Suspense fallback={<div className="filter-bar" />}>
      <FilterBar
        object={object}
        filter={shown.state.definition.filter}
        search={shown.search}
        onSearch={shown.setSearch}
        onChange={(filter) => shown.change({ filter })}
      />
    </Suspense>
  )
}
