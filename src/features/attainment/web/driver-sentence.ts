import type { Drivers } from './use-room.ts'

/** The word that says what drivers are held against: a period that is over, against the whole of the other one. */
export function driverSentence({ against, due, baseUntil }: Pick<Drivers, 'against' | 'due' | 'baseUntil'>) {
  const isWhole = baseUntil === null
  if (against !== 'plan') return isWhole ? 'driversOfWholePeriod' : 'driversOfPeriod'
  if (Number(due) === 0) return 'nothingDue'
  return isWhole ? 'driversOfWholePlan' : 'driversOfPlan'
}
