import { expect, it } from 'vitest'
import { pacer } from './pace.ts'

const rates = [
  { calls: 5, seconds: 1 },
  { calls: 20, seconds: 60 },
]

function start() {
  let now = 1_000_000
  const clock = {
    now: () => now,
    wait: (ms: number) => {
      now += ms
      return Promise.resolve()
    },
  }
  return { pace: pacer(rates, clock), now: clock.now }
}

it('lets calls follow at once until a stretch is full, and never more in any stretch', async () => {
  const { pace, now } = start()
  const times: number[] = []
  for (let call = 0; call < 70; call += 1) {
    await pace('app')
    times.push(now() - 1_000_000)
  }
  expect(times.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 1000])
  for (const { calls, seconds } of rates) {
    times.slice(calls).forEach((at, index) => expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(seconds * 1000))
  }
  expect(times.at(-1)).toBeLessThan(190_000)
})

it('keeps a pace for each app', async () => {
  const { pace, now } = start()
  for (let call = 0; call < 5; call += 1) await pace('one')
  await pace('other')
  expect(now()).toBe(1_000_000)
})
