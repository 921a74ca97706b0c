import type { FieldFault } from '#base/errors.ts'
import type { Label } from '#base/label.ts'

/** Deeper than any form is; recursive shapes are read by recursion, which has an end. */
const deepest = 64

const words = {
  deep: { zh: '嵌套太深', en: 'Nested too deeply' },
  text: { zh: '含有无法保存的字符', en: 'Holds characters that cannot be stored' },
} satisfies Record<string, Label>

interface Place {
  readonly value: unknown
  readonly key: string
  readonly within: Place | undefined
  readonly depth: number
}

/**
 * The first thing in a value that came over the wire which neither our shapes nor the database can hold: zero
 * characters, halves of characters, or nesting without end. Walks without recursion.
 */
export function unstorable(value: unknown): FieldFault | undefined {
  const open: Place[] = [{ value, key: '', within: undefined, depth: 0 }]
  for (let place = open.pop(); place; place = open.pop()) {
    const { value: here, depth } = place
    if (typeof here === 'string' && !isStorable(here)) return { field: pathOf(place), code: 'text', label: words.text }
    if (typeof here !== 'object' || here === null) continue
    if (depth >= deepest) return { field: pathOf(place).split('.')[0] ?? '', code: 'deep', label: words.deep }
    for (const [key, inner] of Object.entries(here)) {
      if (!isStorable(key)) return { field: pathOf(place), code: 'text', label: words.text }
      open.push({ value: inner, key, within: place, depth: depth + 1 })
    }
  }
  return undefined
}

function pathOf(place: Place): string {
  const keys: string[] = []
  for (let here: Place | undefined = place; here?.within; here = here.within) keys.unshift(here.key)
  return keys.join('.')
}

function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed()
}
