import { expect, it } from 'vitest'
import { deviceText } from './device-text.ts'

it.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0',
    'Edge · Windows',
  ],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1', 'Safari · iPhone'],
  ['Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari MicroMessenger/8.0', '微信 · Android'],
  ['curl/8.5.0', undefined],
  [null, undefined],
])('reads %s as %s', (agent, text) => {
  expect(deviceText(agent)).toBe(text)
})
