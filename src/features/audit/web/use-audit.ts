import { useInfiniteQuery } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { auditSealRoute, exportAuditRoute, listAuditRoute, origins, type AuditNarrowing } from '../contract.ts'

/** What the address narrows the log to. */
export function narrowingIn(address: Readonly<Record<string, string | undefined>>): AuditNarrowing {
  const { person, object, target, action, origin, from, to } = address
  return {
    person,
    object,
    record: target,
    action,
    origin: origins.find((one) => one === origin),
    from,
    to,
  }
}

export function useAuditPages(narrowing: AuditNarrowing) {
  return useInfiniteQuery({
    queryKey: ['audit', narrowing],
    queryFn: ({ pageParam, signal }) => call(listAuditRoute, { query: { ...narrowing, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.after ?? undefined,
    placeholderData: (before) => before,
  })
}

/** Where the same log comes as a file. */
export function exportAddress(narrowing: AuditNarrowing, format: 'csv' | 'xlsx'): string {
  const search = new URLSearchParams({ format })
  for (const [key, value] of Object.entries(narrowing)) if (value !== undefined) search.set(key, value)
  return `${exportAuditRoute.path}?${search.toString()}`
}

/** The end of the chain as a line of a file; undefined if nothing is sealed. */
export async function sealLine(): Promise<string | undefined> {
  const { seal } = await call(auditSealRoute, {})
  return seal ? `${JSON.stringify(seal)}\n` : undefined
}
