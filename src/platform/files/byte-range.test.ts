import { expect, it } from 'vitest'
import { rangeAsked } from './byte-range.ts'

it.each([
  [undefined, undefined],
  ['bytes=0-0', { from: 0, to: 0 }],
  ['bytes=5-', { from: 5, to: 9 }],
  ['bytes=5-500', { from: 5, to: 9 }],
  ['bytes=-3', { from: 7, to: 9 }],
  ['bytes=-300', { from: 0, to: 9 }],
  ['bytes=10-', 'nowhere'],
  ['bytes=-0', 'nowhere'],
  ['bytes=7-5', undefined],
  ['bytes=0-1,3-4', undefined],
  ['lines=0-1', undefined],
  ['bytes=-', undefined],
] as const)('of ten bytes %s asks for %j', (header, range) => {
  expect(rangeAsked(header, 10)).toEqual(range)
})
