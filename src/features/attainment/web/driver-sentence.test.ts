import { expect, it } from 'vitest'
import { driverSentence } from './driver-sentence.ts'

it.each([
  [
    'a quarter that goes on, against its plan',
    { against: 'plan', due: '60', baseUntil: '2025-08-15' },
    'driversOfPlan',
  ],
  ['a quarter that is over, against its plan', { against: 'plan', due: '100', baseUntil: null }, 'driversOfWholePlan'],
  ['a quarter to come, against its plan', { against: 'plan', due: '0', baseUntil: null }, 'nothingDue'],
  [
    'a quarter that goes on, against the one a year before',
    { against: 'period', due: '90', baseUntil: '2025-08-15' },
    'driversOfPeriod',
  ],
  [
    'a quarter that is over, against the one a year before',
    { against: 'period', due: '90', baseUntil: null },
    'driversOfWholePeriod',
  ],
] as const)('%s is told without days that mean nothing to it', (_, drivers, word) => {
  expect(driverSentence(drivers)).toBe(word)
})
