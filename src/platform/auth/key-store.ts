import { sql, type Kysely } from 'kysely'
import type { Db, Tables } from '#platform/db/connect.ts'
import { newId } from '#platform/db/new-id.ts'
import { hashToken, newApiKey } from './secret.ts'

type Rows = Kysely<Tables>

/** A key of the API, or the secret in the address of a calendar. */
export type KeyKind = 'key' | 'calendar'

export interface KeyOwner {
  readonly companyId: string
  readonly personId: string
}

export interface NewKey extends KeyOwner {
  readonly kind?: KeyKind
  readonly name: string
  readonly scopes: readonly string[]
  /** Null: never. */
  readonly expiresAt: Date | null
}

/** Makes a key and answers it once; only its hash is kept, and its beginning, by which people recognise it. */
export async function createKey(
  db: Rows,
  { companyId, personId, kind = 'key', name, scopes, expiresAt }: NewKey,
): Promise<{ readonly id: string; readonly secret: string }> {
  const id = newId()
  const secret = newApiKey()
  await sql`
    insert into api_key (id, key_hash, company_id, person_id, kind, prefix, name, scopes, expires_at)
    values (${id}, ${hashToken(secret)}, ${companyId}, ${personId}, ${kind}, ${secret.slice(0, 14)}, ${name},
      ${scopes}::text[], ${expiresAt})`.execute(db)
  return { id, secret }
}

/** A key that is being used. */
export interface KeyInUse {
  readonly id: string
  /** As `engine/policy/key-scope.ts` reads them. */
  readonly scopes: readonly string[]
}

/** Notes the use of a living key, once a minute, and answers its scopes; nothing for one that is none. */
export async function keyInUse(db: Db, secret: string, kind: KeyKind): Promise<KeyInUse | undefined> {
  const hash = hashToken(secret)
  const { rows } = await sql<KeyInUse>`
    with used as (
      update api_key set last_used_at = now()
      where key_hash = ${hash} and kind = ${kind}
        and (last_used_at is null or last_used_at < now() - interval '1 minute')
    )
    select id, scopes from api_key
    where key_hash = ${hash} and kind = ${kind} and (expires_at is null or expires_at > now())`.execute(db)
  return rows[0]
}

export interface ListedKey {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly scopes: readonly string[]
  readonly personId: string
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
}

/** The living keys of one person, or of the whole company, newest first. */
export async function keysOf(
  db: Rows,
  companyId: string,
  { personId = null, kind = 'key' }: { readonly personId?: string | null; readonly kind?: KeyKind },
): Promise<readonly ListedKey[]> {
  const { rows } = await sql<ListedKey>`
    select id, name, prefix, scopes, person_id as "personId", created_at as "createdAt", expires_at as "expiresAt",
      last_used_at as "lastUsedAt"
    from api_key
    where company_id = ${companyId} and kind = ${kind} and (${personId}::uuid is null or person_id = ${personId})
      and (expires_at is null or expires_at > now())
    order by created_at desc, id desc limit 500`.execute(db)
  return rows
}

/** Ends a key. */
export async function deleteKey(db: Rows, companyId: string, id: string): Promise<void> {
  await sql`delete from api_key where company_id = ${companyId} and id = ${id}`.execute(db)
}
