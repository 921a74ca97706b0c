import { expect, it } from 'vitest'
import { layWaterfall } from './lay-waterfall.ts'

it('lets every bar begin where the one before it ended', () => {
  const bars = layWaterfall(
    { name: 'then', amount: 100 },
    [
      { name: 'new', amount: 30 },
      { name: 'gone', amount: -50 },
    ],
    {
      name: 'now',
      amount: 80,
    },
  )
  expect(bars.map(({ name, above }) => [name, above.hidden, above.shown])).toEqual([
    ['then', 0, 100],
    ['new', 100, 30],
    ['gone', 80, 50],
    ['now', 0, 80],
  ])
  expect(bars.every(({ under }) => under.hidden === 0 && under.shown === 0)).toBe(true)
})

it('draws a bar that crosses zero on both sides of it', () => {
  const [, crossing] = layWaterfall({ name: 'then', amount: 20 }, [{ name: 'gone', amount: -50 }], {
    name: 'now',
    amount: -30,
  })
  expect(crossing).toMatchObject({ above: { hidden: 0, shown: 20 }, under: { hidden: 0, shown: -30 } })
})
