import { useMemo } from 'react'
import { fiscalYearOf, periodOf, readPeriod, type Period, type PeriodKind } from '#engine/calendar/period.ts'
import { useMe } from '#web/session/me.ts'
import { useAddress } from './address.ts'

export interface WhoAndWhen {
  /** The org node in the header; undefined is all that the person may see. */
  readonly node: string | undefined
  readonly period: Period
}

/** The fiscal period of a kind in which a day lies. */
export function periodAround(day: string, kind: PeriodKind, startMonth: number): Period {
  const year = fiscalYearOf(day, startMonth)
  const many: Readonly<Record<PeriodKind, number>> = { year: 1, quarter: 4, month: 12 }
  const all = Array.from({ length: many[kind] }, (_, at) => periodOf({ kind, year, number: at + 1 }, startMonth))
  return (
    all.find((period) => period.from <= day && day < period.to) ??
    periodOf({ kind: 'year', year, number: 1 }, startMonth)
  )
}

/** The period before or after, over the end of years. */
export function periodBeside(period: Period, step: -1 | 1, startMonth: number): Period {
  const many: Readonly<Record<PeriodKind, number>> = { year: 1, quarter: 4, month: 12 }
  const count = many[period.kind]
  const at = period.year * count + (period.number - 1) + step
  return periodOf({ kind: period.kind, year: Math.floor(at / count), number: (at % count) + 1 }, startMonth)
}

/** Who and when, as the header shows them: from the address, this quarter unless told. */
export function useWhoAndWhen(): WhoAndWhen {
  const { company, today } = useMe()
  const address = useAddress()
  const key = address['period']
  const period = useMemo(() => {
    const asked = key ? readPeriod(key, company.fiscalStart) : undefined
    return asked?.ok ? asked.period : periodAround(today, 'quarter', company.fiscalStart)
  }, [key, company.fiscalStart, today])
  return { node: address['node'], period }
}
