import { useMemo } from 'react'
import type { Totals } from '#features/objects/web/index.tsx'
import { byProvince, type ProvinceFigure } from './by-province.ts'

/** Totals by province; the same list for as long as they are the same, so that the map is not drawn anew. */
export function useProvinces(totals: Totals | undefined, sum: string | undefined): readonly ProvinceFigure[] {
  return useMemo(() => byProvince(totals?.groups ?? [], sum), [totals, sum])
}
