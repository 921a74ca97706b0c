import type { Ctx } from '#platform/db/ctx.ts'
import { mayLookAs } from '#platform/auth/gate.ts'
import { inStep } from '#platform/db/step.ts'
import { contextOfPerson } from '#platform/db/system.ts'
import { recordErrors } from '#platform/records/errors.ts'
import { accessErrors } from '../errors.ts'

/** Puts on record that the actor begins to look with the eyes of an active person; answers what that one is called. */
export async function beginViewing(
  ctx: Ctx,
  { personId, reason }: { readonly personId: string; readonly reason?: string | undefined },
): Promise<{ name: string }> {
  const person = await contextOfPerson(ctx, personId)
  if (!person) throw recordErrors.PERSON_NOT_FOUND()
  if (!mayLookAs(ctx.actor.role, person.actor.role)) throw accessErrors.VIEW_AS_REFUSED()
  const { name } = person.actor
  await note(ctx, personId, 'view-as', { name, ...(reason ? { reason } : {}) })
  return { name }
}

/** Puts on record that the actor looks with their own eyes again. */
export async function endViewing(ctx: Ctx, personId: string | undefined): Promise<void> {
  if (personId !== undefined) await note(ctx, personId, 'view-as-ended', {})
}

async function note(ctx: Ctx, personId: string, action: string, after: Readonly<Record<string, unknown>>) {
  await inStep(ctx, async (step) => step.audit({ object: 'person', recordId: personId, action, before: null, after }), {
    kind: `access.${action}`,
  })
}
