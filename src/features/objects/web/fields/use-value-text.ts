import type { RecordNames } from '../use-names.ts'
import { grouped } from '#engine/money/short-form.ts'
import { momentText, plainDay } from '#web/kit/date-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { isNumber, valueTypeOf, type ScreenField } from '../use-objects.ts'
import { usePeopleNames } from '../use-people.ts'
import { objectWords } from '../words.ts'
import { creditsOf } from '../FieldValue.tsx'
import { entriesOf } from './control.ts'
import { useRegions } from './use-regions.ts'

/** Values as one line of text, for the history: names in the place of ids, as far as they are known. */
export function useValueText(names: RecordNames): (field: ScreenField, value: unknown) => string {
  const t = useWords(objectWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const language = useLanguage()
  const people = usePeopleNames()
  const regions = useRegions()
  const joined = (parts: readonly string[]) => parts.join(language === 'zh' ? '、' : '; ')
  const choiceText = (field: ScreenField, key: string) => {
    const choice = field.choices?.find((known) => known.key === key)
    return choice ? label(choice.label) : key
  }
  return (field, value) => {
    if (value === null || value === undefined || value === '') return t('empty')
    if (typeof value === 'boolean') return k(value ? 'yes' : 'no')
    if (field.type === 'credits') {
      return joined(creditsOf(value).map(({ person, percent }) => `${people.get(person) ?? '…'} ${Number(percent)}%`))
    }
    if (Array.isArray(value)) {
      return joined(
        entriesOf(value).map((entry) => {
          if (field.type === 'multi_reference' || field.type === 'file') return names.get(entry) ?? '…'
          return field.type === 'multi_choice' ? choiceText(field, entry) : entry
        }),
      )
    }
    const text = String(value)
    switch (valueTypeOf(field)) {
      case 'owner':
        return people.get(text) ?? names.get(text) ?? '…'
      case 'reference':
        return names.get(text) ?? '…'
      case 'choice':
        return choiceText(field, text)
      case 'region':
        return regions?.fullNameOf(text, language) ?? '…'
      case 'date':
        return plainDay(text)
      case 'date_time':
        return momentText(text, language)
      default:
        return isNumber(field) ? grouped(text) : text
    }
  }
}
