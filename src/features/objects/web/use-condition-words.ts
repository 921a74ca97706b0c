import { useCallback } from 'react'
import type { Condition } from '#engine/query/filter.ts'
import { grouped } from '#engine/money/short-form.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { offeredDays } from './ConditionEditor.tsx'
import type { ScreenField } from './use-objects.ts'
import { usePeopleNames } from './use-people.ts'
import { objectWords } from './words.ts'

/** A condition in words: 金额 ≥ 1,000. */
export function useConditionWords(): (condition: Condition, field: ScreenField, referred?: string) => string {
  const t = useWords(objectWords)
  const label = useLabel()
  const people = usePeopleNames()
  return useCallback(
    (condition, field, referred) => {
      const name = label(field.label)
      const shown = (value: unknown): string => {
        if (field.type === 'choice') {
          const choice = field.choices?.find((known) => known.key === value)
          return choice ? label(choice.label) : String(value)
        }
        if (field.type === 'owner') return people.get(String(value)) ?? '…'
        if (field.type === 'reference') return referred ?? '…'
        return ['number', 'money', 'percent'].includes(field.type) ? grouped(String(value)) : String(value)
      }
      const { op, value } = condition
      if (op === 'empty') return `${name} ${t('isEmpty')}`
      if (op === 'notEmpty') return `${name} ${t('notEmpty')}`
      if (op === 'contains') return `${name} ${t('contains', { value: String(value) })}`
      if (op === 'ge') return `${name} ${t('atLeast', { value: shown(value) })}`
      if (op === 'le') return `${name} ${t('atMost', { value: shown(value) })}`
      if (value !== null && typeof value === 'object' && 'me' in value) return `${name}: ${t('meOwner')}`
      if (value !== null && typeof value === 'object' && 'relative' in value) {
        const known = offeredDays.find((relative) => relative === value.relative)
        return `${name}: ${known ? t(known) : value.relative}`
      }
      if (Array.isArray(value)) {
        if (op === 'between') return `${name}: ${t('between', { from: shown(value[0]), to: shown(value[1]) })}`
        return `${name}: ${value.map(shown).join(', ')}`
      }
      return `${name}: ${shown(value)}`
    },
    [t, label, people],
  )
}
