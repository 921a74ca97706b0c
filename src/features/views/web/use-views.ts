import { useMemo } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import { call } from '#web/api/call.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { viewsRoutes, type SavedView, type ViewDefinition, type ViewKind, type Visibility } from '../contract.ts'
import { isChanged, readState, withoutChanges, writeChange, type ViewState } from './view-state.ts'

const viewsKey = ['views'] as const
/** In the address: all records as usual, whatever the person begins with. */
export const usualView = 'all'

export function useViews(object: string, isAsked = true) {
  return useQuery({
    queryKey: [...viewsKey, object],
    queryFn: ({ signal }) => call(viewsRoutes.list, { query: { object }, signal }),
    enabled: isAsked,
    staleTime: 60_000,
  })
}

export type ViewChange = Parameters<typeof writeChange>[0]

/** The view that a list page shows, and how it is changed. */
export interface ShownView {
  readonly view: SavedView | undefined
  readonly state: ViewState
  readonly isChanged: boolean
  readonly search: string
  /** Changes what is shown; kept in the address until it is saved. `quiet` adds no place to the history. */
  change(change: ViewChange, quiet?: boolean): void
  setKind(kind: ViewKind, change?: ViewChange): void
  setSearch(text: string): void
  show(viewId: string | undefined): void
  reset(): void
}

const usual: ViewState = { kind: 'list', definition: {} }

/** The view named in the address, else what the person begins with, else everything as usual. */
export function useShownView(object: ScreenObject, views: readonly SavedView[]): ShownView {
  const address = useAddress()
  const move = useChangeAddress()
  const named = address['view']
  // Links from elsewhere bring their own conditions: they mean all records, not somebody's view.
  const isFree = named === undefined && (address['filter'] !== undefined || address['q'] !== undefined)
  const view = isFree
    ? undefined
    : (views.find(({ id }) => id === named) ?? (named ? undefined : views.find((one) => one.isFirst)))
  return useMemo(() => {
    const base: ViewState = view ? { kind: view.kind, definition: view.definition } : usual
    const here = { view: view?.id ?? usualView }
    const asWritten = (kind: ViewKind) => (kind === base.kind ? undefined : kind)
    return {
      view,
      state: readState(address, base, object),
      isChanged: isChanged(address),
      search: address['q'] ?? '',
      change: (change, quiet = false) => move({ ...here, ...writeChange(change, base.definition) }, { isQuiet: quiet }),
      setKind: (kind, change = {}) => move({ ...here, as: asWritten(kind), ...writeChange(change, base.definition) }),
      setSearch: (text) => move({ ...here, q: text || undefined }),
      show: (viewId) => move({ ...withoutChanges, q: undefined, view: viewId ?? usualView }),
      reset: () => move(withoutChanges),
    }
  }, [address, move, object, view])
}

export interface ViewInput {
  readonly name: string
  readonly kind: ViewKind
  readonly definition: ViewDefinition
  readonly visibility: Visibility
}

/** Saves, changes and deletes views; tabs are asked anew then. */
export function useSaveViews(object: string) {
  const client = useQueryClient()
  const forget = () => client.invalidateQueries({ queryKey: [...viewsKey, object] })
  const create = useMutation({
    mutationFn: (view: ViewInput) => call(viewsRoutes.create, { body: { object, ...view } }),
    onSuccess: forget,
  })
  const change = useMutation({
    mutationFn: ({ id, ...body }: { readonly id: string } & Partial<ViewInput> & { readonly version?: number }) =>
      call(viewsRoutes.change, { params: { id }, body }),
    onSuccess: forget,
  })
  const remove = useMutation({
    mutationFn: (id: string) => call(viewsRoutes.remove, { params: { id } }),
    onSuccess: forget,
  })
  const begin = useMutation({
    mutationFn: (viewId: string | null) => call(viewsRoutes.begin, { body: { object, viewId } }),
    onSuccess: forget,
  })
  return { create, change, remove, begin }
}
