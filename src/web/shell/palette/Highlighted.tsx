interface HighlightedProps {
  readonly text: string
  /** From and to, in order. */
  readonly ranges: readonly (readonly [number, number])[]
}

/** A text whose found parts stand out. */
export function Highlighted({ text, ranges }: HighlightedProps) {
  const parts: { readonly at: number; readonly text: string; readonly isFound: boolean }[] = []
  let end = 0
  for (const [from, to] of ranges) {
    if (from > end) parts.push({ at: end, text: text.slice(end, from), isFound: false })
    // Two terms may have found the same part.
    if (to > Math.max(from, end)) parts.push({ at: from, text: text.slice(Math.max(from, end), to), isFound: true })
    end = Math.max(end, to)
  }
  if (end < text.length) parts.push({ at: end, text: text.slice(end), isFound: false })
  return parts.map((part) => (part.isFound ? <mark key={part.at}>{part.text}</mark> : part.text))
}
