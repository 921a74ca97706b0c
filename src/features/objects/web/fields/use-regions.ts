import { useQuery } from '@tanstack/react-query'
import type { Regions } from '#engine/region/region.ts'

/** The regions of the world; their names are loaded when they are first asked for. */
export function useRegions(): Regions | undefined {
  const { data } = useQuery({
    queryKey: ['regions'],
    queryFn: async () => (await import('#engine/region/regions.ts')).regions,
    staleTime: Infinity,
    gcTime: Infinity,
    // Functions and tables are no answer that could be compared with an earlier one.
    structuralSharing: false,
  })
  return data
}
