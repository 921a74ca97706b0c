import type { ClipboardEvent, MouseEvent, ReactNode } from 'react'
import { Tooltip } from 'antd'
import { useLanguage } from '#web/words/use-words.ts'
import { copiedNumber, everyDigit, exactNumber, percentText, shortNumber, type NumberUnit } from './number-text.ts'

interface FigureProps {
  readonly value: string | number | null | undefined
  readonly unit: NumberUnit
  readonly currency?: string | undefined
  /** Why there is no value; shown on hover of the dash. */
  readonly reason?: string
  /** What the number is, for screen readers: "Records behind 华东大区". */
  readonly label?: string
  readonly exact?: boolean
  readonly onOpen?: (() => void) | undefined
}

function copyExact(event: ClipboardEvent, value: string): void {
  event.preventDefault()
  event.clipboardData.setData('text/plain', value)
}

/** A number: short to read, exact on hover and on copy, and a way to its records where there is one. */
export function Figure({ value, unit, currency, reason, label, exact = false, onOpen }: FigureProps) {
  const language = useLanguage()
  const style = { unit, language, currency }
  const full = everyDigit(value, style)
  const payable = exactNumber(value, style)
  const text = exact ? payable : shortNumber(value, style)
  const isKnown = value !== null && value !== undefined && value !== ''
  const hint = isKnown ? (full === text ? undefined : full) : reason
  const onCopy = (event: ClipboardEvent) =>
    isKnown && copyExact(event, unit === 'percent' ? percentText(value) : copiedNumber(value))

  const body: ReactNode =
    onOpen && isKnown ? (
      <button
        type="button"
        tabIndex={0}
        className="figure figure-link num"
        aria-label={label ? `${label} ${text}${payable === text ? '' : ` (${payable})`}` : undefined}
        onCopy={onCopy}
        onClick={(event: MouseEvent) => {
          event.stopPropagation()
          onOpen()
        }}
      >
        {text}
      </button>
    ) : (
      <span className="figure num" onCopy={onCopy}>
        {text}
      </span>
    )
  return hint ? <Tooltip title={hint}>{body}</Tooltip> : body
}
