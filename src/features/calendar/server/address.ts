import { createKey, deleteKey, keysOf, type ListedKey } from '#platform/auth/key-store.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { httpErrors } from '#platform/http/serve.ts'

/** When the address of the actor's calendar was made and used; nothing where there is none. */
export async function addressOf(ctx: Ctx): Promise<ListedKey | undefined> {
  const personId = requirePerson(ctx)
  return inView(ctx, async (tx) => (await keysOf(tx, ctx.company.id, { personId, kind: 'calendar' }))[0])
}

/** Makes a new secret for the address of the actor's calendar; a former one ends. Answers it once. */
export async function renewAddress(ctx: Ctx): Promise<{ readonly secret: string; readonly createdAt: Date }> {
  const personId = requirePerson(ctx)
  return inStep(
    ctx,
    async (step) => {
      await endAddresses(step, personId)
      const owner = { companyId: ctx.company.id, personId }
      const made = { kind: 'calendar', name: 'calendar', scopes: [], expiresAt: null } as const
      const { id, secret } = await createKey(step.tx, { ...owner, ...made })
      step.audit({ object: 'calendar', recordId: id, action: 'created', before: null, after: null })
      return { secret, createdAt: ctx.now }
    },
    { kind: 'calendar.create' },
  )
}

export async function revokeAddress(ctx: Ctx): Promise<void> {
  const personId = requirePerson(ctx)
  await inStep(ctx, (step) => endAddresses(step, personId), { kind: 'calendar.revoke' })
}

async function endAddresses(step: Step, personId: string): Promise<void> {
  for (const { id } of await keysOf(step.tx, step.ctx.company.id, { personId, kind: 'calendar' })) {
    await deleteKey(step.tx, step.ctx.company.id, id)
    step.audit({ object: 'calendar', recordId: id, action: 'revoked', before: null, after: null })
  }
}

function requirePerson({ actor }: Ctx): string {
  if (actor.personId === null) throw httpErrors.SIGN_IN_NEEDED()
  return actor.personId
}
