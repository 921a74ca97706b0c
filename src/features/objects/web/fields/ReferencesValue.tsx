import { useOpenRecord } from '#web/shell/open-record.ts'
import type { ScreenField } from '../use-objects.ts'
import type { RecordRow } from '../use-records.ts'
import { entriesOf } from './control.ts'

interface ReferencesValueProps {
  readonly field: ScreenField
  readonly row: RecordRow
  readonly isDense: boolean
}

/** The records that a list points at, each a way to it. */
export function ReferencesValue({ field, row, isDense }: ReferencesValueProps) {
  const open = useOpenRecord()
  const { to } = field
  const ids = entriesOf(row[field.key])
  if (isDense || !to) return <>{ids.map((id) => row.names[id] ?? '—').join(' · ')}</>
  return (
    <span className="entries">
      {ids.map((id) => (
        <button key={id} type="button" className="plain-button text-link" onClick={() => open(to, id)}>
          {row.names[id] ?? '—'}
        </button>
      ))}
    </span>
  )
}
