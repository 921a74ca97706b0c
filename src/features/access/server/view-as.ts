import type { Ctx } from '#platform/db/ctx.ts'
import { mayLookAs } from '#platform/auth/gate.ts'
import { lookAs } from '#platform/auth/session-store.ts'
import { inStep } from '#platform/db/step.ts'
import { contextOfPerson } from '#platform/db/system.ts'
import { recordErrors } from '#platform/records/errors.ts'
import { accessErrors } from '../errors.ts'

/**
 * The actor's session looks with the eyes of an active person from now on, and that stands on record; answers what that
 * one is called. A program with a key has no session: VIEW_AS_REFUSED.
 */
export async function beginViewing(
  ctx: Ctx,
  sessionId: string | null,
  { personId, reason }: { readonly personId: string; readonly reason?: string | undefined },
): Promise<{ name: string }> {
  const person = await contextOfPerson(ctx, personId)
  if (!person) throw recordErrors.PERSON_NOT_FOUND()
  if (sessionId === null || !mayLookAs(ctx.actor.role, person.actor.role)) throw accessErrors.VIEW_AS_REFUSED()
  const { name } = person.actor
  await inStep(
    ctx,
    async (step) => {
      await lookAs(step.tx, sessionId, personId)
      const after = { name, ...(reason ? { reason } : {}) }
      step.audit({ object: 'person', recordId: personId, action: 'view-as', before: null, after })
    },
    { kind: 'access.view-as' },
  )
  return { name }
}

/** The session looks with its own eyes again, which stands on record, too. */
export async function endViewing(
  ctx: Ctx,
  { sessionId, viewingAs }: { readonly sessionId: string | null; readonly viewingAs: string | null },
): Promise<void> {
  if (sessionId === null || viewingAs === null) return
  await inStep(
    ctx,
    async (step) => {
      await lookAs(step.tx, sessionId, null)
      step.audit({ object: 'person', recordId: viewingAs, action: 'view-as-ended', before: null, after: {} })
    },
    { kind: 'access.view-as-ended' },
  )
}
