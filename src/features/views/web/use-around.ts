import { isDay } from '#engine/calendar/day.ts'
import { useMe } from '#web/session/me.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'

/** The day around which a calendar or a timeline is laid, from the address; today unless told. */
export function useAround(): readonly [string, (day: string | undefined) => void] {
  const { today } = useMe()
  const { on } = useAddress()
  const change = useChangeAddress()
  return [on !== undefined && isDay(on) ? on : today, (day) => change({ on: day === today ? undefined : day })]
}
