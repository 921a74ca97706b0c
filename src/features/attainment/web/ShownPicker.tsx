import { Select } from 'antd'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useWords } from '#web/words/use-words.ts'
import { useDays } from './use-room.ts'
import { attainmentWords } from './words.ts'
import './analysis.css'

interface ShownPickerProps {
  readonly metric: string
  readonly period: string
}

/** Of which day the figures are: now, when the period was closed, or any night that was kept. */
export function ShownPicker({ metric, period }: ShownPickerProps) {
  const t = useWords(attainmentWords)
  const on = useAddress()['on']
  const change = useChangeAddress()
  const days = useDays(metric, period).data ?? []
  if (days.length === 0 && on === undefined) return null
  const closing = days.find(({ isClosing }) => isClosing)
  const nights = [...new Set(days.filter(({ isClosing }) => !isClosing).map(({ day }) => day))]
  const options = [
    { value: '', label: t('now') },
    ...(closing ? [{ value: 'closing', label: t('closing', { day: closing.day }) }] : []),
    ...nights.map((day) => ({ value: day, label: t('endOf', { day }) })),
  ]
  return (
    <Select
      className="shown-picker"
      aria-label={t('shownOn')}
      showSearch
      value={on ?? ''}
      options={options}
      onChange={(value) => change({ on: value === '' ? undefined : value })}
    />
  )
}
