import { useMemo } from 'react'
import { periodAround, readPeriod, type Period } from '#engine/calendar/period.ts'
import { useMe } from '#web/session/me.ts'
import { useAddress } from './address.ts'

export interface WhoAndWhen {
  /** The org node in the header; undefined is all that the person may see. */
  readonly node: string | undefined
  readonly period: Period
}

/** Who and when, as the header shows them: from the address, this quarter unless told. */
export function useWhoAndWhen(): WhoAndWhen {
  const { company, today } = useMe()
  const address = useAddress()
  const key = address['period']
  const period = useMemo(() => {
    const asked = key ? readPeriod(key, company.calendar) : undefined
    return asked?.ok ? asked.period : periodAround(today, 'quarter', company.calendar)
  }, [key, company.calendar, today])
  return { node: address['node'], period }
}
