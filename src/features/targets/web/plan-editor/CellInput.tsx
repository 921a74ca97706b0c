import type { KeyboardEvent } from 'react'
import type { GridSpot } from '#web/kit/grid-move.ts'

interface CellInputProps {
  readonly label: string
  readonly text: string
  /** It was no target and has to be mended. */
  readonly isRefused: boolean
  readonly onText: (text: string | undefined) => void
  readonly onCommit: (text: string, move: Partial<GridSpot>) => void
}

/** Enter, Tab and arrows keep what was typed and go on; Escape drops it. */
export function CellInput({ label, text, isRefused, onText, onCommit }: CellInputProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    const ends: Readonly<Record<string, () => void>> = {
      Enter: () => onCommit(text, { row: event.shiftKey ? -1 : 1 }),
      Tab: () => onCommit(text, { column: event.shiftKey ? -1 : 1 }),
      ArrowDown: () => onCommit(text, { row: 1 }),
      ArrowUp: () => onCommit(text, { row: -1 }),
      Escape: () => onText(undefined),
    }
    const end = ends[event.key]
    if (!end) return
    event.preventDefault()
    end()
  }
  return (
    <input
      ref={(input) => input?.focus()}
      className="plan-grid-input num"
      inputMode="decimal"
      aria-label={label}
      aria-invalid={isRefused}
      value={text}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => onCommit(text, {})}
    />
  )
}
