import { Figure } from '#web/kit/Figure.tsx'
import { differenceUnit, type NumberUnit } from '#web/kit/number-text.ts'
import { useWords } from '#web/words/use-words.ts'
import { driverValue } from './driver-text.ts'
import { driverWords } from './driver-words.ts'
import type { Drivers } from './use-room.ts'

interface DriverEffectProps {
  readonly part: Pick<Drivers['parts'][number], 'driver' | 'unit' | 'base' | 'actual'>
  /** What it brought of the figure that is taken apart, in that figure's unit. */
  readonly effect: string
  readonly unit: NumberUnit
  readonly currency: string
}

/** How a part arises: what the driver was, what it is, and what that makes of the figure. */
export function DriverEffect({ part, effect, unit, currency }: DriverEffectProps) {
  const t = useWords(driverWords)
  const end = (value: string | null) => (
    <Figure value={driverValue(value, part.unit)} unit={part.unit} currency={currency} />
  )
  return (
    <p className="driver-quotient num">
      {t(part.driver)} {end(part.base)} → {end(part.actual)}
      {t('effect')}
      <b>
        <Figure value={effect} unit={differenceUnit(unit)} currency={currency} />
      </b>
    </p>
  )
}
