import { useCallback } from 'react'
import type { EvidenceKind } from '#engine/forecast/achievability.ts'
import { useChangeAddress } from '#web/shell/address.ts'

/** What stands behind a figure: records of a metric and period, months of a span, or what a side of the landing rests on. */
export type Behind =
  | { readonly of: 'records'; readonly metric: string; readonly period: string }
  | { readonly of: 'months'; readonly from?: string; readonly to?: string }
  | { readonly of: 'driver'; readonly kind: EvidenceKind }

/** Opens it, in the address: `?behind=records:signed_amount:2026-M03`, `months:2026-01-01:2026-04-01`, `driver:pipeline`. */
export function useOpenBehind(): (behind: Behind) => void {
  const change = useChangeAddress()
  return useCallback((behind) => change({ behind: Object.values(behind).join(':') }), [change])
}
