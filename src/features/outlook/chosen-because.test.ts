import { describe, expect, it } from 'vitest'
import type { MethodKey } from '#engine/forecast/methods.ts'
import { methodNames } from './names.ts'
import { chosenBecause } from './chosen-because.ts'

const table = (errors: Partial<Record<MethodKey, number>>) => ({
  methods: (Object.entries(errors) as [MethodKey, number][]).map(([method, mase]) => {
    return { method, label: methodNames[method], mase, smape: 10 * mase }
  }),
  naiveMase: errors['seasonal-naive'] ?? null,
})
const keysOf = (errors: Partial<Record<MethodKey, number>>, method: MethodKey) =>
  chosenBecause(table(errors), method).map(({ key }) => key)

describe('what is said of the chosen method', () => {
  it('is nothing where it is the best and better than a year ago', () => {
    expect(keysOf({ combined: 0.8, theta: 0.9, 'seasonal-naive': 1.1 }, 'combined')).toEqual([])
  })

  it('is why it was chosen where another did better', () => {
    const [reason] = chosenBecause(table({ combined: 0.92, damped: 0.75, theta: 0.87 }), 'combined')
    expect(reason).toEqual({ key: 'chosenWithin', best: methodNames.damped })
    expect(keysOf({ intermittent: 0.9, mean: 0.8, 'seasonal-naive': 1 }, 'intermittent')).toEqual(['chosenRare'])
  })

  it('is that none beats a year ago, or that the chosen one is worse than that was', () => {
    expect(keysOf({ combined: 2.32, theta: 2.4, 'seasonal-naive': 2.1 }, 'combined')).toEqual([
      'chosenWithin',
      'beatenByNaive',
    ])
    expect(keysOf({ combined: 1.2, theta: 1.4, 'seasonal-naive': 1.5 }, 'combined')).toEqual(['aboveOne'])
  })
})
