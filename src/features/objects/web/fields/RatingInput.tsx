import { Rate } from 'antd'
import { starsOf } from './stars.ts'
import type { ScreenField } from '../use-objects.ts'

interface RatingInputProps {
  readonly id: string
  readonly label: string
  readonly field: ScreenField
  readonly value: string
  readonly onChange: (value: string | null) => void
}

/** Stars, set by a click or the arrow keys; the same star again takes them all away. */
export function RatingInput({ id, label, field, value, onChange }: RatingInputProps) {
  return (
    <Rate
      id={id}
      className="rating-input"
      aria-label={label}
      count={starsOf(field)}
      value={Number(value)}
      onChange={(stars) => onChange(stars === 0 ? null : String(stars))}
    />
  )
}
