import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readPosition, writePosition } from './position.ts'

it('is read as PostgreSQL writes it', () => {
  expect(readPosition('0/0')).toBe(0n)
  expect(readPosition('16/B374D848')).toBe(0x16b374d848n)
})

it('comes back as it was', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (position) => {
      expect(readPosition(writePosition(position))).toBe(position)
    }),
  )
})

it.each([undefined, '', '1', '16/B374D848/1', '16/b374d848', '123456789/0', "0/0'; select 1"])('%s is none', (text) => {
  expect(readPosition(text)).toBeUndefined()
})
