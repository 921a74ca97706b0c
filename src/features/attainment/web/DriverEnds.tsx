import { Figure } from '#web/kit/Figure.tsx'
import { useWords } from '#web/words/use-words.ts'
import { driverWords } from './driver-words.ts'
import type { Drivers } from './use-room.ts'

/** A driver of which the records are shown. */
export interface OpenedDriver {
  readonly name: string
  readonly metric: string
  readonly period: string
}

interface DriverEndsProps {
  readonly part: Drivers['parts'][number]
  readonly currency: string
  readonly period: string
  readonly basePeriod: string
  /** The base is what a target asks for: no records stand behind it. */
  readonly isNeeded: boolean
  /** The base is of some days of its period: its records are not those of the whole. */
  readonly isPart: boolean
  readonly onOpen: (period: string) => void
}

/** What a driver was and what it is; each opens to the records that it is made of. */
export function DriverEnds({ part, currency, period, basePeriod, isNeeded, isPart, onOpen }: DriverEndsProps) {
  const t = useWords(driverWords)
  const tenth = (value: string | null) =>
    value !== null && part.unit === 'count' ? String(Math.round(Number(value) * 10) / 10) : value
  const end = (value: string | null, at: string, onOpenEnd: (() => void) | undefined) => (
    <Figure
      value={tenth(value)}
      unit={part.unit}
      currency={currency}
      label={t('records', { name: t(part.driver), period: at })}
      onOpen={onOpenEnd}
    />
  )
  return (
    <>
      {isNeeded && `${t('needed')} `}
      {end(part.base, basePeriod, isNeeded || isPart ? undefined : () => onOpen(basePeriod))}
      {' → '}
      {end(part.actual, period, () => onOpen(period))}
    </>
  )
}
