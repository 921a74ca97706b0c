import { sql, type Kysely } from 'kysely'
import type { Tables } from '#platform/db/connect.ts'
import { openSecret, sealSecret } from '#platform/secrets/seal-secret.ts'
import { hashToken } from './secret.ts'

type Rows = Kysely<Tables>

export interface SecondFactor {
  readonly secret: string
  readonly lastStep: number
  readonly confirmedAt: Date | null
}

/**
 * The second factor of a login, begun or confirmed; undefined: none. Throws where the installation's secret changed since:
 * to let somebody in without the factor because it cannot be read would be worse.
 */
export async function secondFactorOf(db: Rows, loginId: string): Promise<SecondFactor | undefined> {
  const { rows } = await sql<{ sealed: string; lastStep: string; confirmedAt: Date | null }>`
    select sealed, last_step as "lastStep", confirmed_at as "confirmedAt" from second_factor where login_id = ${loginId}
  `.execute(db)
  const [found] = rows
  if (!found) return undefined
  const secret = openSecret('second-factor', found.sealed)
  if (secret === undefined) throw new Error('a second factor cannot be read: was TERRACE_SECRET changed?')
  return { secret, lastStep: Number(found.lastStep), confirmedAt: found.confirmedAt }
}

/** Whether the login is asked for a code. */
export async function hasSecondFactor(db: Rows, loginId: string): Promise<boolean> {
  const { rows } = await sql<object>`
    select from second_factor where login_id = ${loginId} and confirmed_at is not null
  `.execute(db)
  return rows.length > 0
}

/** Begins with a secret that counts once its first code came; a confirmed one stays. Answers whether it was kept. */
export async function beginFactor(db: Rows, loginId: string, secret: string): Promise<boolean> {
  const sealed = sealSecret('second-factor', secret)
  const kept = await sql`
    insert into second_factor (login_id, sealed) values (${loginId}, ${sealed})
    on conflict (login_id) do update set sealed = excluded.sealed, last_step = 0, created_at = now()
      where second_factor.confirmed_at is null
  `.execute(db)
  return kept.numAffectedRows === 1n
}

/** Takes a code's half minute, so that it never counts again; of two at once one is refused. */
export async function takeStep(db: Rows, loginId: string, step: number): Promise<boolean> {
  const taken = await sql`
    update second_factor set last_step = ${step}, confirmed_at = coalesce(confirmed_at, now())
    where login_id = ${loginId} and last_step < ${step}
  `.execute(db)
  return taken.numAffectedRows === 1n
}

export async function removeFactor(db: Rows, loginId: string): Promise<boolean> {
  await sql`delete from recovery_code where login_id = ${loginId}`.execute(db)
  const gone = await sql`delete from second_factor where login_id = ${loginId}`.execute(db)
  return gone.numAffectedRows === 1n
}

/** Replaces the recovery codes; only hashes are kept. */
export async function saveRecoveryCodes(db: Rows, loginId: string, codes: readonly string[]): Promise<void> {
  await sql`delete from recovery_code where login_id = ${loginId}`.execute(db)
  await sql`
    insert into recovery_code (login_id, code_hash)
    select ${loginId}, hash from unnest(${codes.map(hashOf)}::text[]) as h(hash)
  `.execute(db)
}

/** Uses a recovery code up; false: there is none like it. */
export async function takeRecoveryCode(db: Rows, loginId: string, code: string): Promise<boolean> {
  const taken = await sql`
    delete from recovery_code where login_id = ${loginId} and code_hash = ${hashOf(code)}
  `.execute(db)
  return taken.numAffectedRows === 1n
}

export async function countRecoveryCodes(db: Rows, loginId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from recovery_code where login_id = ${loginId}
  `.execute(db)
  return rows[0]?.count ?? 0
}

/** However it is typed: without hyphens and spaces, in small letters. */
function hashOf(code: string): string {
  return hashToken(code.toLowerCase().replace(/[\s-]/g, ''))
}
