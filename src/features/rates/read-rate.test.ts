import { expect, it } from 'vitest'
import { readRate } from './read-rate.ts'

it.each([
  ['7.1', '7.1'],
  ['7.10000000', '7.1'],
  ['0.00000001', '0.00000001'],
  ['999999999999.99999999', '999999999999.99999999'],
  ['0150', '150'],
])('reads %s as %s', (text, rate) => {
  expect(readRate(text)).toEqual({ ok: true, rate })
})

it.each([
  ['', 'not-a-number'],
  ['7,1', 'not-a-number'],
  ['.5', 'not-a-number'],
  ['1e3', 'not-a-number'],
  ['７', 'not-a-number'],
  ['0', 'not-positive'],
  ['0.000', 'not-positive'],
  ['-7.1', 'not-positive'],
  ['7.123456789', 'too-fine'],
  ['1000000000000', 'too-large'],
])('does not read %j: %s', (text, reason) => {
  expect(readRate(text)).toEqual({ ok: false, reason })
})
