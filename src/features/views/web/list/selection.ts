/** Which records are chosen: some by id, or all that match whatever is loaded. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly isAll: boolean
  /** The record chosen last, from which shift goes on. */
  readonly anchor: string | undefined
}

export const nothingSelected: Selection = { ids: new Set(), isAll: false, anchor: undefined }
export const everythingSelected: Selection = { ids: new Set(), isAll: true, anchor: undefined }

export function isSelected({ ids, isAll }: Selection, id: string): boolean {
  return isAll || ids.has(id)
}

/** Chooses or leaves one record; with shift everything from the record chosen last becomes as this one. */
export function toggled(
  selection: Selection,
  id: string,
  { order, extends: isExtended }: { readonly order: readonly string[]; readonly extends: boolean },
): Selection {
  // Of "all" nothing is left out: choosing goes on with what is loaded.
  const ids = new Set(selection.isAll ? order : selection.ids)
  const isOn = !ids.has(id)
  const from = isExtended && selection.anchor !== undefined ? order.indexOf(selection.anchor) : -1
  const to = order.indexOf(id)
  const touched = from < 0 || to < 0 ? [id] : order.slice(Math.min(from, to), Math.max(from, to) + 1)
  for (const one of touched) {
    if (isOn || (isExtended && from >= 0)) ids.add(one)
    else ids.delete(one)
  }
  return { ids, isAll: false, anchor: id }
}

/** All that are loaded, or none if they are chosen already. */
export function toggledLoaded(selection: Selection, order: readonly string[]): Selection {
  const isFull = selection.isAll || (order.length > 0 && order.every((id) => selection.ids.has(id)))
  return isFull ? nothingSelected : { ids: new Set(order), isAll: false, anchor: undefined }
}
