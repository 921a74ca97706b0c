import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seenTexts } from './seen-texts.ts'

it('tells of every text the number it was added with', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 4 }), { maxLength: 300 }), (texts) => {
      const seen = seenTexts()
      const known = new Map<string, number>()
      texts.forEach((text, at) => {
        expect(seen.numberOf(text)).toBe(known.get(text))
        if (known.has(text)) return
        seen.add(text, at + 1)
        known.set(text, at + 1)
      })
    }),
  )
})

it('holds two hundred thousand numbers of customers apart', () => {
  const seen = seenTexts()
  const codes = Array.from({ length: 200_000 }, (_, at) => `K${String(at).padStart(7, '0')}`)
  const early = codes.filter((code, at) => {
    const isKnown = seen.numberOf(code) !== undefined
    seen.add(code, at + 1)
    return isKnown
  })
  expect(early).toEqual([])
  expect(codes.filter((code, at) => seen.numberOf(code) !== at + 1)).toEqual([])
})
