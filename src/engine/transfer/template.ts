type Part = { readonly text: string } | { readonly name: string }

/**
 * Fills `{account} – {product}` from `valueOf`. A part without a value takes the joining text before it along
 * (the first one the text behind it), so that no dash is left hanging.
 */
export function fillTemplate(template: string, valueOf: (name: string) => string): string {
  const parts = partsOf(template)
  const isGap = (at: number): boolean => {
    const part = parts[at]
    return part !== undefined && 'name' in part && valueOf(part.name) === ''
  }
  const firstValue = parts.findIndex((part, at) => 'name' in part && !isGap(at))
  if (parts.some((part) => 'name' in part) && firstValue < 0) return ''
  return parts
    .map((part, at) => {
      if ('name' in part) return valueOf(part.name)
      const joins = at > 0 && at < parts.length - 1
      const isLost = joins && (isGap(at + 1) || (isGap(at - 1) && at < firstValue))
      return isLost ? '' : part.text
    })
    .join('')
    .trim()
}

/** The names in a template's braces. */
export function namesIn(template: string): readonly string[] {
  return partsOf(template).flatMap((part) => ('name' in part ? [part.name] : []))
}

function partsOf(template: string): readonly Part[] {
  return template
    .split(/(\{[^{}]+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (/^\{[^{}]+\}$/.test(piece) ? { name: piece.slice(1, -1).trim() } : { text: piece }))
}
