import type { Label } from '#base/label.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { driverValue } from './driver-text.ts'
import { driverWords } from './driver-words.ts'
import type { Drivers } from './use-room.ts'

/** A period that is compared, or its days up to one. */
export interface ComparedPeriod {
  readonly key: string
  readonly label: Label
  readonly until: string | null
}

/** Which of the two ends of a driver. */
export type DriverEnd = 'base' | 'actual'

interface DriverEndsProps {
  readonly part: Drivers['parts'][number]
  readonly currency: string
  readonly now: ComparedPeriod
  readonly base: ComparedPeriod
  /** The base is what a target asks for: no records stand behind it. */
  readonly isNeeded: boolean
  readonly onOpen: (end: DriverEnd) => void
}

/** What a driver was and what it is; each opens to the records that it is made of. */
export function DriverEnds({ part, currency, now, base, isNeeded, onOpen }: DriverEndsProps) {
  const t = useWords(driverWords)
  const label = useLabel()
  // Where the rate of the other end stands in, nothing of its own is behind it.
  const isBorrowed = part.divided !== null && part.divided.over.base === null
  const end = (value: string | null, at: ComparedPeriod, onOpenEnd: (() => void) | undefined) => (
    <Figure
      value={driverValue(value, part.unit)}
      unit={part.unit}
      currency={currency}
      label={t('records', { name: t(part.driver), period: label(at.label) })}
      onOpen={onOpenEnd}
    />
  )
  return (
    <>
      {isNeeded && `${t('needed')} `}
      {end(part.base, base, isNeeded || isBorrowed ? undefined : () => onOpen('base'))}
      {' → '}
      {end(part.actual, now, () => onOpen('actual'))}
    </>
  )
}
