import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'

/** Attempts are counted over this long. */
const windowMinutes = 15

/** One address guessing one login stops early; a whole network, and one login from everywhere, later. */
const limits = { both: 5, address: 60, identifier: 40 } as const

interface Attempt {
  readonly identifier: string
  readonly address: string
}

/**
 * Counts an attempt before the password is looked at, so that many at once cannot slip through. Answers the minutes to
 * wait when there were too many, else nothing.
 */
export async function countAttempt(db: Db, attempt: Attempt): Promise<number | undefined> {
  const keys = keysOf(attempt)
  const { rows } = await sql<{ key_hash: string; count: number; minutes: number }>`
    insert into sign_in_attempt (key_hash, count, since)
    select key_hash, 1, now() from unnest(${keys.map((key) => key.hash)}::text[]) as k(key_hash) order by key_hash
    on conflict (key_hash) do update set
      count = case when sign_in_attempt.since < now() - make_interval(mins => ${windowMinutes}) then 1
                   else sign_in_attempt.count + 1 end,
      since = case when sign_in_attempt.since < now() - make_interval(mins => ${windowMinutes}) then now()
                   else sign_in_attempt.since end
    returning key_hash, count,
      greatest(1, ceil(extract(epoch from since - now()) / 60 + ${windowMinutes}))::int as minutes
  `.execute(db)
  const limitOf = new Map(keys.map((key) => [key.hash, key.limit]))
  const passed = rows.filter((row) => row.count > (limitOf.get(row.key_hash) ?? 0))
  return passed.length === 0 ? undefined : Math.max(...passed.map((row) => row.minutes))
}

/** After the right password: this pair starts anew, and the attempt does not count against the others. */
export async function forgetAttempt(db: Db, attempt: Attempt): Promise<void> {
  const [both, ...others] = keysOf(attempt)
  await sql`
    with gone as (delete from sign_in_attempt where key_hash = ${both.hash})
    update sign_in_attempt set count = greatest(count - 1, 0)
    where key_hash = any(${others.map((key) => key.hash)}::text[])
  `.execute(db)
}

/** Old counts are of no use; called now and then. */
export async function dropOldAttempts(db: Db): Promise<void> {
  await sql`delete from sign_in_attempt where since < now() - interval '1 day'`.execute(db)
}

interface Key {
  readonly hash: string
  readonly limit: number
}

function keysOf({ identifier, address }: Attempt): [Key, Key, Key] {
  return [
    { hash: digest(`both:${identifier}:${address}`), limit: limits.both },
    { hash: digest(`address:${address}`), limit: limits.address },
    { hash: digest(`identifier:${identifier}`), limit: limits.identifier },
  ]
}

/** Hashed, so that the table is no list of mistyped secrets. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
