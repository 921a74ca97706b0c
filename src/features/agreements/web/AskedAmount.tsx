import { Figure } from '#web/kit/Figure.tsx'
import type { NumberUnit } from '#web/kit/number-text.ts'
import { useMe } from '#web/session/me.ts'

interface AskedAmountProps {
  readonly name: string
  readonly value: string | null
  readonly unit: NumberUnit
  /** Why there is none. */
  readonly reason?: string
}

/** One named figure of a target, to the last digit: people sign for it. */
export function AskedAmount({ name, value, unit, reason }: AskedAmountProps) {
  const { company } = useMe()
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value === null && reason !== undefined ? (
          <span className="muted">{reason}</span>
        ) : (
          <Figure value={value} unit={unit} currency={company.currency} exact />
        )}
      </dd>
    </div>
  )
}
