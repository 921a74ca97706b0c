import { sql } from 'kysely'
import type { ApiKey } from '../contract.ts'
import { createKey, deleteKey, keysOf, type ListedKey } from '#platform/auth/key-store.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Tx } from '#platform/db/step.ts'
import { httpErrors } from '#platform/http/serve.ts'
import { keyErrors, mostKeys } from './errors.ts'

const dayMs = 86_400_000

/** The actor's own keys, newest first. */
export function myKeys(ctx: Ctx): Promise<ApiKey[]> {
  const personId = requirePerson(ctx)
  return inView(ctx, async (tx) => withNames(tx, ctx, await keysOf(tx, ctx.company.id, { personId })))
}

/** The keys of everybody in the company, newest first. */
export function everybodysKeys(ctx: Ctx): Promise<ApiKey[]> {
  return inView(ctx, async (tx) => withNames(tx, ctx, await keysOf(tx, ctx.company.id, {})))
}

interface Wanted {
  readonly name: string
  readonly scopes: readonly string[]
  /** Null: it does not expire. */
  readonly days: number | null
}

/** Makes a key for the actor and answers its secret, once. */
export async function makeKey(ctx: Ctx, { name, scopes, days }: Wanted): Promise<{ key: ApiKey; secret: string }> {
  const personId = requirePerson(ctx)
  const owner = { companyId: ctx.company.id, personId }
  // What lets somebody in ends by the clock of the database, like sessions.
  const expiresAt = days === null ? null : new Date(Date.now() + days * dayMs)
  return inStep(
    ctx,
    async (step) => {
      const before = await keysOf(step.tx, ctx.company.id, { personId })
      if (before.length >= mostKeys) throw keyErrors.KEY_REFUSED({}, [tooMany])
      const { id, secret } = await createKey(step.tx, { ...owner, name, scopes: [...new Set(scopes)], expiresAt })
      step.audit({
        object: 'api_key',
        recordId: id,
        action: 'created',
        before: null,
        after: { name, scopes, expiresAt },
      })
      const made = (await keysOf(step.tx, ctx.company.id, { personId })).find((one) => one.id === id)
      const [key] = await withNames(step.tx, ctx, made ? [made] : [])
      if (!key) throw keyErrors.KEY_NOT_FOUND()
      return { key, secret }
    },
    { kind: 'api-key.create' },
  )
}

const tooMany = {
  field: 'name',
  code: 'many',
  label: { zh: '密钥太多，请先停用一些', en: 'You have too many keys; revoke some first' },
}

/** Ends a key at once: the actor's own, or anybody's where `ofAnybody`. */
export async function revokeKey(ctx: Ctx, id: string, { ofAnybody }: { readonly ofAnybody: boolean }): Promise<void> {
  const personId = ofAnybody ? null : requirePerson(ctx)
  await inStep(
    ctx,
    async (step) => {
      const key = (await keysOf(step.tx, ctx.company.id, { personId })).find((one) => one.id === id)
      if (!key) throw keyErrors.KEY_NOT_FOUND()
      await deleteKey(step.tx, ctx.company.id, id)
      const { name, scopes } = key
      step.audit({ object: 'api_key', recordId: id, action: 'revoked', before: { name, scopes }, after: null })
    },
    { kind: 'api-key.revoke' },
  )
}

function requirePerson({ actor }: Ctx): string {
  if (actor.personId === null) throw httpErrors.SIGN_IN_NEEDED()
  return actor.personId
}

async function withNames(tx: Tx, ctx: Ctx, keys: readonly ListedKey[]): Promise<ApiKey[]> {
  const ids = keys.map(({ personId }) => personId)
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from person where company_id = ${ctx.company.id} and id = any(${ids}::uuid[])`.execute(tx)
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return keys.map((key) => ({ ...key, scopes: [...key.scopes], personName: names.get(key.personId) ?? '' }))
}
