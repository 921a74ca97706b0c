import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'

/** Attempts are counted over this long. */
const windowMinutes = 15

interface Limit {
  /** So many within a window go free. */
  readonly free: number
  /** The first pause; each further one is twice as long, up to the longest. */
  readonly firstMinutes: number
  readonly longestMinutes: number
}

/**
 * One address guessing one login stops early, and pauses grow. A whole network, and one login from everywhere, stop later;
 * the latter never for longer than a quarter of an hour, because any stranger can bring it about.
 */
const limits = {
  both: { free: 5, firstMinutes: 1, longestMinutes: 60 },
  address: { free: 60, firstMinutes: 5, longestMinutes: 60 },
  identifier: { free: 40, firstMinutes: 1, longestMinutes: 15 },
} as const satisfies Record<string, Limit>

export interface Attempt {
  readonly identifier: string
  readonly address: string
  /** A browser that signed in as this login before: it is counted by itself, whatever strangers do. */
  readonly device?: string | undefined
}

/**
 * Counts an attempt before the password is looked at, so that many at once cannot slip through. Answers the minutes to
 * wait when there were too many, else nothing. While a pause lasts nothing is counted: going on does not prolong it.
 */
export async function countAttempt(db: Db, attempt: Attempt): Promise<number | undefined> {
  const keys = keysOf(attempt)
  const waiting = await pauseLeft(db, keys)
  if (waiting !== null) return waiting
  const counted = await countKeys(db, keys)
  const waits: number[] = []
  for (const key of keys) {
    const row = counted.find((one) => one.hash === key.hash)
    if (!row) continue
    if (row.minutesLeft !== null) waits.push(row.minutesLeft)
    else if (row.count > key.limit.free) waits.push(await pause(db, key, row.locks))
  }
  return waits.length === 0 ? undefined : Math.max(...waits)
}

/** After the right password: this pair starts anew, and the attempt does not count against the others. */
export async function forgetAttempt(db: Db, attempt: Attempt): Promise<void> {
  const [own, ...others] = keysOf(attempt)
  await sql`
    with gone as (delete from sign_in_attempt where key_hash = ${own?.hash ?? ''})
    update sign_in_attempt set count = greatest(count - 1, 0)
    where key_hash = any(${others.map((key) => key.hash)}::text[])
  `.execute(db)
}

/** Lifts every pause of these identifiers, wherever the attempts came from. */
export async function liftPauses(db: Db, identifiers: readonly string[]): Promise<void> {
  await sql`delete from sign_in_attempt where identifier_hash = any(${identifiers.map(digestOf)}::text[])`.execute(db)
}

/** Until when attempts with one of these identifiers are refused, from the address where it lasts longest. */
export async function pausedUntil(db: Db, identifiers: readonly string[]): Promise<Date | null> {
  const { rows } = await sql<{ until: Date | null }>`
    select max(locked_until) as until from sign_in_attempt
    where identifier_hash = any(${identifiers.map(digestOf)}::text[]) and locked_until > now()
  `.execute(db)
  return rows[0]?.until ?? null
}

/** Old counts are of no use; called now and then. */
export async function dropOldAttempts(db: Db): Promise<void> {
  await sql`
    delete from sign_in_attempt
    where since < now() - interval '1 day' and coalesce(locked_until, since) < now() - interval '1 day'
  `.execute(db)
}

/** Minutes of the longest pause that lasts; null: none does. */
async function pauseLeft(db: Db, keys: readonly Key[]): Promise<number | null> {
  const { rows } = await sql<{ minutes: number | null }>`
    select greatest(1, ceil(extract(epoch from max(locked_until) - now()) / 60))::int as minutes
    from sign_in_attempt where key_hash = any(${keys.map((key) => key.hash)}::text[]) and locked_until > now()
    having max(locked_until) is not null
  `.execute(db)
  return rows[0]?.minutes ?? null
}

interface Counted {
  readonly hash: string
  readonly count: number
  readonly locks: number
  /** Null: no pause lasts. */
  readonly minutesLeft: number | null
}

async function countKeys(db: Db, keys: readonly Key[]): Promise<readonly Counted[]> {
  const { rows } = await sql<Counted>`
    insert into sign_in_attempt as a (key_hash, count, since, identifier_hash)
    select key_hash, 1, now(), identifier_hash
    from unnest(${keys.map((key) => key.hash)}::text[], ${keys.map((key) => key.identifierHash)}::text[])
      as k(key_hash, identifier_hash) order by key_hash
    on conflict (key_hash) do update set
      count = case when a.locked_until > now() then a.count
                   when a.since < now() - make_interval(mins => ${windowMinutes}) then 1
                   else a.count + 1 end,
      since = case when a.since < now() - make_interval(mins => ${windowMinutes}) then now() else a.since end,
      locks = case when a.locked_until < now() - interval '1 day' then 0 else a.locks end
    returning key_hash as hash, count, locks,
      case when locked_until > now() then greatest(1, ceil(extract(epoch from locked_until - now()) / 60))::int end
        as "minutesLeft"
  `.execute(db)
  return rows
}

/** After the pause one attempt is free; the next begins a longer one. */
async function pause(db: Db, { hash, limit }: Key, locks: number): Promise<number> {
  const minutes = Math.min(limit.longestMinutes, limit.firstMinutes * 2 ** Math.min(locks, 16))
  await sql`
    update sign_in_attempt set locks = locks + 1, count = ${limit.free - 1},
      locked_until = now() + make_interval(mins => ${minutes})
    where key_hash = ${hash} and (locked_until is null or locked_until <= now())
  `.execute(db)
  return minutes
}

interface Key {
  readonly hash: string
  readonly identifierHash: string | null
  readonly limit: Limit
}

/** The pair comes first. */
function keysOf({ identifier, address, device }: Attempt): readonly Key[] {
  const identifierHash = digestOf(identifier)
  if (device !== undefined) {
    return [{ hash: digestOf(`device:${identifier}:${device}`), identifierHash, limit: limits.both }]
  }
  return [
    { hash: digestOf(`both:${identifier}:${address}`), identifierHash, limit: limits.both },
    { hash: digestOf(`address:${address}`), identifierHash: null, limit: limits.address },
    { hash: digestOf(`identifier:${identifier}`), identifierHash, limit: limits.identifier },
  ]
}

/** Hashed, so that the table is no list of mistyped secrets. */
function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
