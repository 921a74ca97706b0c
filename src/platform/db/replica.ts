import { sql } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import { currentRequest } from '#platform/http/current-request.ts'
import { whatIsMissing } from '#platform/http/unavailable.ts'
import { connect, type Db } from './connect.ts'
import { readPosition } from './position.ts'

/** A copy of the database that follows it: reads go there, as long as nobody misses by that what they wrote. */
export interface Replica {
  /** Where the current request may read on behalf of a person: here once this has all that they wrote, else undefined. */
  readFor(personId: string): Db | undefined
  /** Remembers that the person wrote something just now. */
  noteWrite(personId: string): Promise<void>
  /** Nobody reads from here until it is looked at again. */
  leave(why: unknown): void
  /** Seconds by which it is behind; undefined while it cannot be reached. */
  lag(): number | undefined
  readonly pool: pg.Pool
  stop(): Promise<void>
}

interface ReplicaPlan {
  readonly primary: Db
  readonly url: string
  readonly role?: string | undefined
  readonly log: Logger
  /** Seconds; further behind it is not read from. */
  readonly mostLag: number
  /** Milliseconds between two looks at how far it has come. */
  readonly everyMs?: number
  readonly onRead?: (from: 'replica' | 'primary') => void
}

/** Stands for a position that could not be asked for; the next look finds one behind it. */
const unknown = 2n ** 64n

const replicas = new WeakMap<Db, Replica>()

/** The replica of a database; undefined where there is none. */
export function replicaOf(db: Db): Replica | undefined {
  return replicas.get(db)
}

/** Lets reads of a database go to its replica, as far as that is there and has come. Looks at once, and then on and on. */
export async function followReplica(plan: ReplicaPlan): Promise<Replica> {
  const { primary, log, mostLag, everyMs = 200, onRead } = plan
  const connection = connect(plan.url, {
    ...(plan.role === undefined ? {} : { role: plan.role }),
    onError: (error) => log.warn({ why: error.message }, 'a connection to the replica was lost'),
  })
  const progress = progressOf()
  const writers = new Map<string, bigint>()
  let isTroubled = false
  const look = async () => {
    try {
      const written = await positionOf(primary)
      for (const [person, position] of writers) if (position === unknown) writers.set(person, written)
      progress.note(written, await replayedIn(connection.db), Date.now())
      if (isTroubled) log.warn('the replica is there again')
      isTroubled = false
    } catch (error) {
      progress.lose()
      if (!isTroubled) log.warn({ err: error }, 'the replica cannot be read; everything is read from the database')
      isTroubled = true
    }
    for (const [person, position] of writers) if (progress.has(position)) writers.delete(person)
  }
  await look()
  const looking = repeat(look, everyMs)
  const replica: Replica = {
    pool: connection.pool,
    lag: () => progress.lag(Date.now()),
    readFor: (personId) => {
      const request = currentRequest()
      if (!request?.reads) return undefined
      const lag = progress.lag(Date.now())
      const needed = [request.seen, request.wrote, writers.get(personId)]
      const isUsable = lag !== undefined && lag <= mostLag && needed.every((one) => !one || progress.has(one))
      onRead?.(isUsable ? 'replica' : 'primary')
      return isUsable ? connection.db : undefined
    },
    noteWrite: async (personId) => {
      // What is written is written: that nobody can say where makes no failure of it.
      const position = await positionOf(primary).catch(() => unknown)
      writers.set(personId, position)
      const request = currentRequest()
      if (request && position !== unknown) request.wrote = position
    },
    leave: (why) => {
      progress.lose()
      log.warn({ err: why }, 'a read from the replica broke off and is done on the database')
    },
    stop: async () => {
      replicas.delete(primary)
      await looking.stop()
      await connection.close()
    },
  }
  replicas.set(primary, replica)
  return replica
}

/** Whether a read that failed here may go well on the database itself. */
export function isReplicaTrouble(error: unknown): boolean {
  // A conflict with what comes in, or something that a copy cannot do.
  const isConflict = error instanceof pg.DatabaseError && ['40001', '25006', '0A000'].includes(error.code ?? '')
  return isConflict || whatIsMissing(error) === 'database'
}

/** How far a replica has come, by what was seen of both. */
function progressOf() {
  let replayed: bigint | undefined
  /** Where the database stood when, oldest first, as far as the replica has not come there. */
  let ahead: { readonly position: bigint; readonly at: number }[] = []
  return {
    note(written: bigint, reached: bigint, at: number): void {
      replayed = reached
      ahead.push({ position: written, at })
      ahead = ahead.filter(({ position }) => position > reached)
      // A replica that stands still for hours does not fill the memory: its lag is counted from the oldest.
      if (ahead.length > 1000) ahead.splice(1, 500)
    },
    lose(): void {
      replayed = undefined
    },
    has: (position: bigint) => replayed !== undefined && replayed >= position,
    lag: (now: number) => (replayed === undefined ? undefined : Math.max(0, now - (ahead[0]?.at ?? now)) / 1000),
  }
}

async function positionOf(db: Db): Promise<bigint> {
  const { rows } = await sql<{ position: string }>`select pg_current_wal_insert_lsn()::text as position`.execute(db)
  const position = readPosition(rows[0]?.position)
  if (position === undefined) throw new Error('the database does not say where it stands')
  return position
}

async function replayedIn(db: Db): Promise<bigint> {
  const { rows } = await sql<{ position: string | null }>`
    select case when pg_is_in_recovery() then pg_last_wal_replay_lsn()::text end as position`.execute(db)
  const position = readPosition(rows[0]?.position ?? undefined)
  if (position === undefined) throw new Error('DATABASE_READ_URL is no replica: it follows no other database')
  return position
}

function repeat(act: () => Promise<void>, everyMs: number): { stop(): Promise<void> } {
  let isOver = false
  let wake = (): void => undefined
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, everyMs)
      timer.unref()
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const loop = async () => {
    while (!isOver) {
      await rest()
      if (!isOver) await act()
    }
  }
  const done = loop()
  return {
    stop: async () => {
      isOver = true
      wake()
      await done
    },
  }
}
