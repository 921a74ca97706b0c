import type { MetricRow } from './use-attainment.ts'

/** Why no day can be told what it must bring, as a word of the cockpit; undefined where it can. */
export function noDailyNeed({
  kind,
  better,
}: Pick<MetricRow, 'kind' | 'better'>): 'notByDay' | 'notWhereLess' | undefined {
  if (kind === 'ratio') return 'notByDay'
  return better === 'lower' ? 'notWhereLess' : undefined
}
