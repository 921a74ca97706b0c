import { readFileSync } from 'node:fs'
import { mean } from '#engine/forecast/averages.ts'
import { maseOf, smapeOf } from '#engine/forecast/forecast-error.ts'
import { realData } from './real-data.ts'

/** A monthly series of the M3 competition: what its forecasters knew, and the 18 months that came after. */
export interface M3Series {
  readonly name: string
  readonly train: readonly number[]
  readonly test: readonly number[]
}

export const m3Horizon = 18
export const m3Season = 12

/** Undefined where the sample is not at hand. */
export function m3Sample(): readonly M3Series[] | undefined {
  const path = realData('m3-sample', 'series.csv')
  if (path === undefined) return undefined
  return linesOf(path).map(([name = '', , , , train = '', test = '']) => {
    return { name, train: train.split(' ').map(Number), test: test.split(' ').map(Number) }
  })
}

/** The published forecasts of a method by series, e.g. `theta`. */
export function m3Published(method: 'theta' | 'naive2'): ReadonlyMap<string, readonly number[]> {
  const path = realData('m3-sample', `published_${method}.csv`)
  return new Map(path === undefined ? [] : linesOf(path).map(([name = '', ...points]) => [name, points.map(Number)]))
}

function linesOf(path: string): readonly (readonly string[])[] {
  const [, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/)
  return lines.map((line) => line.split(','))
}

/** Mean errors over several series, as the competition counts. */
export function m3Errors(series: readonly M3Series[], forecastOf: (series: M3Series) => readonly number[]) {
  const errors = series.map((each) => {
    const points = forecastOf(each)
    return { smape: smapeOf(each.test, points), mase: maseOf(each.test, points, each.train, m3Season) ?? 0 }
  })
  return { smape: mean(errors.map(({ smape }) => smape)), mase: mean(errors.map(({ mase }) => mase)) }
}
