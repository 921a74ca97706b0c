import { viewAsRoutes } from '#engine/contract/view-as.ts'
import { call } from '#web/api/call.ts'

/** Looks with the eyes of another person from now on. Everything is loaded anew: nothing of the own view stays. */
export async function beginViewing(personId: string, reason: string): Promise<void> {
  await call(viewAsRoutes.begin, { body: { personId, ...(reason.trim() ? { reason: reason.trim() } : {}) } })
  window.location.assign('/')
}

/** Looks with the own eyes again, at the same page. */
export async function endViewing(): Promise<void> {
  await call(viewAsRoutes.end, {})
  window.location.reload()
}
