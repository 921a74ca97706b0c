import { useMe } from '#web/session/me.ts'
import { UnitPicker } from './Pickers.tsx'
import { useOrg } from './use-org.ts'

interface UnitChoiceProps {
  readonly id?: string
  readonly value?: string | null
  readonly onChange?: (value: string | null) => void
  /** What no choice means. */
  readonly placeholder: string
}

/** Chooses a unit of today's tree, or none, for the forms of other rooms. */
export function UnitChoice(props: UnitChoiceProps) {
  const { today } = useMe()
  const { rows } = useOrg(today)
  return <UnitPicker {...props} rows={rows} allowClear />
}
