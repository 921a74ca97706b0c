import { expect, it } from 'vitest'
import { sizeText } from './size-text.ts'

it.each([
  [0, '0 B'],
  [830, '830 B'],
  [1234, '1.2 KB'],
  [50_000_000, '50 MB'],
  [9_960_000, '10 MB'],
  [3_200_000_000, '3.2 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text)
})
