import type { Label } from '#base/label.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { driverWords } from './driver-words.ts'
import type { Drivers } from './use-room.ts'

interface NamedPeriod {
  readonly key: string
  readonly label: Label
}

/** A driver of which the records are shown. */
export interface OpenedDriver {
  readonly name: string
  readonly metric: string
  readonly period: NamedPeriod
}

interface DriverEndsProps {
  readonly part: Drivers['parts'][number]
  readonly currency: string
  readonly now: NamedPeriod
  readonly base: NamedPeriod
  /** The base is what a target asks for: no records stand behind it. */
  readonly isNeeded: boolean
  /** The base is of some days of its period: its records are not those of the whole. */
  readonly isPart: boolean
  readonly onOpen: (period: NamedPeriod) => void
}

/** What a driver was and what it is; each opens to the records that it is made of. */
export function DriverEnds({ part, currency, now, base, isNeeded, isPart, onOpen }: DriverEndsProps) {
  const t = useWords(driverWords)
  const label = useLabel()
  const tenth = (value: string | null) =>
    value !== null && part.unit === 'count' ? String(Math.round(Number(value) * 10) / 10) : value
  const end = (value: string | null, at: NamedPeriod, onOpenEnd: (() => void) | undefined) => (
    <Figure
      value={tenth(value)}
      unit={part.unit}
      currency={currency}
      label={t('records', { name: t(part.driver), period: label(at.label) })}
      onOpen={onOpenEnd}
    />
  )
  return (
    <>
      {isNeeded && `${t('needed')} `}
      {end(part.base, base, isNeeded || isPart ? undefined : () => onOpen(base))}
      {' → '}
      {end(part.actual, now, () => onOpen(now))}
    </>
  )
}
