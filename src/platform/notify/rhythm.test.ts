import { expect, it } from 'vitest'
import { afterQuiet, nextDigest, standardRhythm } from './rhythm.ts'

const zone = 'Asia/Shanghai'
const at = (text: string) => new Date(`${text}+08:00`)

it.each([
  ['2026-06-15T12:00', '2026-06-15T12:00'],
  ['2026-06-15T22:00', '2026-06-16T08:00'],
  ['2026-06-15T23:59', '2026-06-16T08:00'],
  ['2026-06-16T00:00', '2026-06-16T08:00'],
  ['2026-06-16T07:59', '2026-06-16T08:00'],
  ['2026-06-16T08:00', '2026-06-16T08:00'],
])('what would leave at %s in a night from 22 to 8 leaves at %s', (now, leaves) => {
  expect(afterQuiet(standardRhythm, zone, at(now))).toEqual(at(leaves))
})

it('quiet hours may lie within a day, in the own zone, or nowhere', () => {
  const noon = { ...standardRhythm, quietFrom: 12 * 60, quietTo: 14 * 60 }
  expect(afterQuiet(noon, zone, at('2026-06-15T12:30'))).toEqual(at('2026-06-15T14:00'))
  expect(afterQuiet(noon, zone, at('2026-06-15T14:00'))).toEqual(at('2026-06-15T14:00'))
  const berlin = { ...standardRhythm, zone: 'Europe/Berlin' }
  expect(afterQuiet(berlin, zone, new Date('2026-06-15T21:00:00Z'))).toEqual(new Date('2026-06-16T06:00:00Z'))
  const never = { ...standardRhythm, quietFrom: null }
  expect(afterQuiet(never, zone, at('2026-06-15T23:00'))).toEqual(at('2026-06-15T23:00'))
})

it('a night in which the clocks change ends when the clocks say so', () => {
  const berlin = { ...standardRhythm, zone: 'Europe/Berlin' }
  expect(afterQuiet(berlin, zone, new Date('2026-03-28T22:00:00Z'))).toEqual(new Date('2026-03-29T06:00:00Z'))
})

it.each([
  ['2026-06-15T08:59', '2026-06-15T09:00'],
  ['2026-06-15T09:00', '2026-06-16T09:00'],
])('the digest after %s leaves at %s', (now, leaves) => {
  expect(nextDigest(standardRhythm, zone, at(now))).toEqual(at(leaves))
})

it('a weekly digest waits for its day', () => {
  const friday = { ...standardRhythm, digest: 'weekly', digestWeekday: 5, digestHour: 16 } as const
  expect(nextDigest(friday, zone, at('2026-06-15T10:00'))).toEqual(at('2026-06-19T16:00'))
  expect(nextDigest(friday, zone, at('2026-06-19T16:00'))).toEqual(at('2026-06-26T16:00'))
})
