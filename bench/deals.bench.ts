import { addDays } from '#engine/calendar/day.ts'
import { backTest, errorsOf } from '#engine/forecast-deals/back-test.ts'
import { simulateCompany } from '#engine/forecast-deals/simulate.ts'
import { figure, type Bench } from './figure.ts'

/** The forecast of open deals on the eve of quarters of simulated companies, beside what came. */
export const bench: Bench = async ({ scale }) => {
  const companies = Math.max(5, Math.round(60 * scale))
  const begin = performance.now()
  const tested = Array.from({ length: companies }, (_, at) => {
    const company = simulateCompany(1000 + at, { from: '2021-01-01', days: 1800 })
    const periods = Array.from({ length: 9 }, (_quarter, number) => {
      const from = addDays('2023-01-01', number * 91)
      return { key: String(number), from, to: addDays(from, 91) }
    })
    return backTest(company, periods).periods
  }).flat()
  const took = (performance.now() - begin) / tested.length
  const inside = (tested.filter(({ isInside }) => isInside).length / tested.length) * 100
  const { bias, mape } = errorsOf(tested.map(({ expected, actual }) => ({ said: expected, actual })))
  return [
    figure('Deals: quarters inside the 80% interval, at least', inside, '%', { atLeast: 70 }),
    figure('Deals: quarters inside the 80% interval, at most', inside, '%', { atMost: 90 }),
    figure('Deals: bias of the forecast, either way', Math.abs(bias ?? 1) * 100, '%', { atMost: 10 }),
    figure('Deals: MAPE of the forecast on the eve', (mape ?? 1) * 100, '%'),
    figure('Deals: one quarter forecast and tried', took, 'ms'),
  ]
}
