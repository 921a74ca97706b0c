import type { Label } from '#base/label.ts'
import { shapingErrors } from '../errors.ts'

const taken = { zh: '“{name}”已经有了，请换一个名称', en: '“{name}” is there already; choose another name' }

/** Throws SHAPE_REFUSED if one of the others has the same name in either language: filters and files go by names. */
export function refuseName(label: Label, others: readonly { readonly label: Label }[]): void {
  const found = others.find((other) => isSame(other.label.zh, label.zh) || isSame(other.label.en, label.en))
  if (!found) return
  const name = isSame(found.label.zh, label.zh) ? label.zh : label.en
  throw shapingErrors.SHAPE_REFUSED({}, [{ field: 'label', code: 'named', label: taken, params: { name } }])
}

const isSame = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase()
