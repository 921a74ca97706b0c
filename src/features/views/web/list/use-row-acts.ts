import { useCallback, useLayoutEffect, useMemo, useRef } from 'react'
import type { RowActs } from './GridRow.tsx'

/** The same functions for as long as the grid lives, each doing what its newest version does: rows need not be drawn anew. */
export function useRowActs(acts: RowActs): RowActs {
  const latest = useRef(acts)
  useLayoutEffect(() => {
    latest.current = acts
  })
  const open = useCallback<RowActs['open']>((...of) => latest.current.open(...of), [])
  const point = useCallback<RowActs['point']>((...of) => latest.current.point(...of), [])
  const edit = useCallback<RowActs['edit']>((...of) => latest.current.edit(...of), [])
  const check = useCallback<RowActs['check']>((...of) => latest.current.check(...of), [])
  const commit = useCallback<RowActs['commit']>((...of) => latest.current.commit(...of), [])
  const cancel = useCallback<RowActs['cancel']>(() => latest.current.cancel(), [])
  return useMemo(() => ({ open, point, edit, check, commit, cancel }), [open, point, edit, check, commit, cancel])
}
