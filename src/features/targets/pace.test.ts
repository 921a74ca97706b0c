import { describe, expect, it } from 'vitest'
import { readAmount } from '#engine/metrics/metric.ts'
import { usualSettings } from './attainment-settings.ts'
import { lightOf, standingOf, type Progress } from './pace.ts'

const usual = { direction: 'higher', workdaysLeft: 10 } as const

type Amounts = Record<'actual' | 'target' | 'expected', string | null> & { readonly base?: string }

/** With amounts as people write them. */
function standing({ actual, target, expected, base, ...rest }: Amounts & Pick<Progress, 'direction' | 'workdaysLeft'>) {
  const read = (text: string | null) => (text === null ? null : readAmount(text))
  const amounts = { actual: read(actual), target: read(target), expected: read(expected) }
  return standingOf({ ...rest, ...amounts, ...(base === undefined ? {} : { base: readAmount(base) }) })
}

describe('standing', () => {
  it('compares the actual with the target and with what working days ask for', () => {
    expect(standing({ ...usual, actual: '60', target: '120', expected: '50' })).toEqual({
      attainment: 0.5,
      pace: 0.083333,
      gap: '60',
      requiredPerDay: '6',
      light: 'ahead',
      reason: null,
    })
  })

  it('has a negative gap and no required run-rate once the target is exceeded', () => {
    expect(standing({ ...usual, actual: '130', target: '120', expected: '120' })).toMatchObject({
      gap: '-10',
      requiredPerDay: null,
      light: 'ahead',
    })
  })

  it('asks for enough every day, rounded up', () => {
    const progress = { direction: 'higher', workdaysLeft: 3, actual: '0', target: '100', expected: '1' } as const
    expect(standing(progress).requiredPerDay).toBe('33.34')
    expect(standing({ ...progress, workdaysLeft: 0 }).requiredPerDay).toBeNull()
  })

  it('says why a figure is missing instead of showing zero', () => {
    expect(standing({ ...usual, actual: '5', target: null, expected: null })).toMatchObject({
      attainment: null,
      light: null,
      reason: 'no-target',
    })
    expect(standing({ ...usual, actual: null, target: '5', expected: '5' }).reason).toBe('no-actual')
    expect(standing({ ...usual, actual: '5', target: '0', expected: '0' })).toMatchObject({
      attainment: null,
      gap: '-5',
      reason: 'zero-target',
    })
    expect(standing({ ...usual, actual: '5', target: '10', expected: '0' })).toMatchObject({
      attainment: 0.5,
      pace: 0.5,
      light: null,
      reason: 'not-begun',
    })
  })

  it('turns round where lower is better', () => {
    const lower = { direction: 'lower', workdaysLeft: 3 } as const
    // 5 days over a target of 45: a ninth of it missing.
    expect(standing({ ...lower, actual: '50', target: '45', expected: '45' })).toEqual({
      attainment: 0.888889,
      pace: -0.111111,
      gap: '5',
      requiredPerDay: null,
      light: 'behind',
      reason: null,
    })
    expect(standing({ ...lower, actual: '0', target: '40', expected: '40' })).toMatchObject({
      attainment: 2,
      gap: '-40',
      light: 'ahead',
    })
    expect(standing({ ...lower, actual: '2', target: '0', expected: '0' })).toMatchObject({
      attainment: 0,
      light: 'far-behind',
    })
  })

  it('scores the way from the base down to the target', () => {
    const lower = { direction: 'lower', workdaysLeft: 3 } as const
    expect(standing({ ...lower, base: '60', actual: '50', target: '40', expected: '40' })).toMatchObject({
      attainment: 0.5,
      pace: -0.5,
      light: 'far-behind',
    })
  })

  it('is kept between the bounds that are set where lower is better, and its pace with it', () => {
    const far = { direction: 'lower', workdaysLeft: 3, target: 40n, expected: 40n, actual: 100n } as const
    expect(standingOf({ ...far, clamp: { least: 0, most: 10 } })).toMatchObject({ attainment: 0, pace: -1 })
    expect(standingOf({ ...far, clamp: null })).toMatchObject({ attainment: -0.5, pace: -1.5 })
    expect(usualSettings.clamp?.least).toBe(0)
  })

  it('gives what is to be low over a year its share by working days', () => {
    // At most 60 churned customers a year, half of it gone.
    const lower = { direction: 'lower', workdaysLeft: 125, target: '60', expected: '30' } as const
    expect(standing({ ...lower, actual: '20' })).toMatchObject({ light: 'ahead', pace: 0.166667 })
    expect(standing({ ...lower, actual: '40' })).toMatchObject({ light: 'far-behind', pace: -0.166667 })
    // From 90 a year before: 45 of them by now, so 40 is a third of the way from 45 to 30.
    expect(standing({ ...lower, base: '90', actual: '40' })).toMatchObject({ light: 'far-behind', pace: -0.333333 })
    expect(standing({ ...lower, expected: '0', actual: '0' })).toMatchObject({ light: null, reason: 'not-begun' })
  })

  it('takes a rate of nothing for no target', () => {
    const rate = { direction: 'lower', workdaysLeft: 3, actual: readAmount('50'), target: 0n, expected: 0n } as const
    expect(standingOf({ ...rate, isRate: true })).toMatchObject({ attainment: null, reason: 'zero-target' })
  })

  it('asks of a rate for no part a day: days do not add up to it', () => {
    const open = {
      direction: 'higher',
      workdaysLeft: 10,
      actual: readAmount('0.4'),
      target: readAmount('0.5'),
    } as const
    expect(standingOf({ ...open, expected: readAmount('0.5'), isRate: true }).requiredPerDay).toBeNull()
    expect(standingOf({ ...open, expected: readAmount('0.5') }).requiredPerDay).toBe('0.01')
  })

  it('lights by thresholds that can be set', () => {
    expect([1.05, 1.0499, 0.95, 0.9499, 0.8, 0.7999].map((pace) => lightOf(pace))).toEqual([
      'ahead',
      'on-pace',
      'on-pace',
      'behind',
      'behind',
      'far-behind',
    ])
    expect(lightOf(0.9, { ahead: 1, onPace: 0.9, behind: 0.5 })).toBe('on-pace')
  })
})
