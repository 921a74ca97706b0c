import type { ReactNode } from 'react'
import { Figure } from '#web/kit/Figure.tsx'
import type { NumberUnit } from '#web/kit/number-text.ts'

export interface ListedPart {
  readonly key: string
  readonly name: ReactNode
  readonly note?: ReactNode
  readonly amount: string
  /** What opens, for screen readers. */
  readonly label: string
  readonly onOpen: (() => void) | undefined
}

interface PartListProps {
  readonly label: string
  readonly parts: readonly ListedPart[]
  readonly unit: NumberUnit
  readonly currency: string
}

/** The parts in words and numbers, each with a way down: what the drawing beside it shows. */
export function PartList({ label, parts, unit, currency }: PartListProps) {
  return (
    <ul className="part-list" aria-label={label}>
      {parts.map(({ key, name, note, amount, label: what, onOpen }) => (
        <li key={key}>
          <span className="part-name">{name}</span>
          <Figure value={amount} unit={unit} currency={currency} label={what} onOpen={onOpen} />
          {note !== undefined && <span className="part-note muted num">{note}</span>}
        </li>
      ))}
    </ul>
  )
}
