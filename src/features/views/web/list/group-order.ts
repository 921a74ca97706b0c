import { inWords, type Language } from '#base/label.ts'
import type { ScreenField } from '#features/objects/web/index.tsx'
import type { TotalsGroup } from './grid-item.ts'

/** Groups as people expect them: choices in their order, days as time goes, names by alphabet, what is empty last. */
export function inOrder(
  groups: readonly TotalsGroup[],
  field: ScreenField,
  language: Language,
): readonly TotalsGroup[] {
  const places = new Map(field.choices?.map((choice, at) => [choice.key, at]) ?? [])
  const compare = new Intl.Collator(language === 'zh' ? 'zh-CN' : 'en', { numeric: true }).compare
  const isTimed = groups.some(({ to }) => to !== undefined)
  return groups.toSorted((one, other) => {
    if (one.value === null || other.value === null) return Number(one.value === null) - Number(other.value === null)
    if (places.size > 0) return (places.get(one.value) ?? 999) - (places.get(other.value) ?? 999)
    if (isTimed) return one.value < other.value ? -1 : 1
    return compare(nameOf(one), nameOf(other))
  })
}

const nameOf = ({ name, value }: TotalsGroup): string => name ?? value ?? ''

/** What a group of choices is called. */
export function choiceName(field: ScreenField, value: string, language: Language): string {
  const choice = field.choices?.find((known) => known.key === value)
  return choice ? inWords(choice.label, language) : value
}
