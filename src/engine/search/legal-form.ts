import { readingsOf } from './syllables.ts'
import type { Glyph } from './glyphs.ts'

const groups = ['', '集团']
const kinds = ['公司', '有限公司', '股份公司', '股份有限公司', '有限责任公司']

/** The legal forms that end most names of companies. Each is one token: what half of all names share finds nobody. */
export const legalForms: readonly string[] = ['集团', ...groups.flatMap((group) => kinds.map((kind) => group + kind))]

const anyForm = new RegExp([...legalForms].sort((one, other) => other.length - one.length).join('|'), 'g')

export interface FormPlace {
  readonly form: string
  readonly from: number
  readonly to: number
}

/** Where legal forms stand among the glyphs, the longest of each place. */
export function formsIn(glyphs: readonly Glyph[]): readonly FormPlace[] {
  // One mark per glyph, also for characters of two units, so that places are places of glyphs.
  const text = glyphs.map((glyph) => (glyph.isHan && glyph.text.length === 1 ? glyph.text : '·')).join('')
  return [...text.matchAll(anyForm)].map(({ 0: form, index }) => ({ form, from: index, to: index + form.length }))
}

/** Do these characters stand inside of some legal form? Then a name may have them in its form's token only. */
export function isInsideForm(text: string): boolean {
  return legalForms.some((form) => form.includes(text))
}

export function formsWith(text: string): readonly string[] {
  return legalForms.filter((form) => form.includes(text))
}

/** Readings of every form, character by character. */
export const formReadings: readonly (readonly string[])[] = legalForms.map((form) =>
  [...form].map((character) => readingsOf(character)[0] ?? ''),
)
