import type { ReactNode } from 'react'
import { PageLink } from '#web/shell/PageLink.tsx'
import { addressOfChildren } from './children-address.ts'
import { useObject, type ScreenField } from '../use-objects.ts'
import type { RecordRow } from '../use-records.ts'

interface RollupValueProps {
  readonly field: ScreenField
  readonly row: RecordRow
  readonly children: ReactNode
}

/** A figure over other records that opens to the list of them. */
export function RollupValue({ field, row, children }: RollupValueProps) {
  const of = useObject(field.rollup?.of ?? '')
  if (!field.rollup || !of) return <>{children}</>
  return (
    <PageLink className="text-link" to={`/records/${of.key}`} search={addressOfChildren(field.rollup, of, row.id)}>
      {children}
    </PageLink>
  )
}
