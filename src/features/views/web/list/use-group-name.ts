import { useCallback } from 'react'
import type { Grouping, ScreenField } from '#features/objects/web/index.tsx'
import { monthLabel, periodAround } from '#engine/calendar/period.ts'
import { dayText } from '#web/kit/date-text.ts'
import { exactNumber } from '#web/kit/number-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { viewWords } from '../words.ts'
import { choiceName } from './group-order.ts'
import type { TotalsGroup } from './grid-item.ts'

type Named = Pick<TotalsGroup, 'value' | 'name'>

/** What a group is called: the choice, the person, the period. */
export function useGroupName(): (field: ScreenField, by: Grouping['by'], group: Named) => string {
  const t = useWords(viewWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const language = useLanguage()
  const { company, today } = useMe()
  return useCallback(
    (field, by, { value, name }) => {
      if (value === null) return t('noValue', { field: label(field.label) })
      if (name !== null) return name
      if (field.type === 'yes_no') return k(value === 'true' ? 'yes' : 'no')
      if (field.type === 'date' || field.type === 'date_time') {
        if (by === 'month') return label(monthLabel(value))
        if (by === 'quarter' || by === 'year') return label(periodAround(value, by, company.calendar).label)
        return by === 'week' ? t('weekOf', { day: dayText(value, language, today) }) : dayText(value, language, today)
      }
      if (field.type === 'money' || field.type === 'number') return exactNumber(value, { unit: 'count', language })
      return choiceName(field, value, language)
    },
    [company.calendar, k, label, language, t, today],
  )
}
