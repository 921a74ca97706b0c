import { inWords, type Language } from '#base/label.ts'
import type { ScreenField } from '#features/objects/web/index.tsx'
import type { TotalsGroup } from './grid-item.ts'

/** Groups as people expect them: the server puts them in order, but for choices, whose order is that of the field. */
export function inOrder(groups: readonly TotalsGroup[], field: ScreenField): readonly TotalsGroup[] {
  const places = new Map(field.choices?.map((choice, at) => [choice.key, at]) ?? [])
  const placeOf = ({ value }: TotalsGroup) => (value === null ? Infinity : (places.get(value) ?? places.size))
  return places.size === 0 ? groups : groups.toSorted((one, other) => compare(placeOf(one), placeOf(other)))
}

const compare = (one: number, other: number): number => (one === other ? 0 : one - other)

/** What a group of choices is called. */
export function choiceName(field: ScreenField, value: string, language: Language): string {
  const choice = field.choices?.find((known) => known.key === value)
  return choice ? inWords(choice.label, language) : value
}
