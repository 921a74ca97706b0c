import { AsyncLocalStorage } from 'node:async_hooks'
import { sql } from 'kysely'
import type { Db } from './connect.ts'
import type { Tx } from './step.ts'

type Work<T> = (tx: Tx) => Promise<T>

/** What runs inside of which transaction, so that a part of a part does not wait for itself. */
const inside = new AsyncLocalStorage<Tx>()

/**
 * A database whose transactions are parts of one that is under way: each a savepoint, one after the other, and all of
 * them stand or fall with the whole. Acts that know only their own transactions can so be written down together with
 * what became of them.
 */
export function within(tx: Tx): Db {
  let last: Promise<unknown> = Promise.resolve()
  const execute = <T>(work: Work<T>): Promise<T> => {
    if (inside.getStore() === tx) return atSavepoint(tx, work)
    const turn = last.then(() => inside.run(tx, () => atSavepoint(tx, work)))
    last = turn.catch(() => undefined)
    return turn
  }
  const part = { setAccessMode: () => part, setIsolationLevel: () => part, execute }
  return new Proxy<Db>(tx, {
    get(_whole, name) {
      if (name === 'transaction') return () => part
      const value: unknown = Reflect.get(tx, name, tx)
      return typeof value === 'function' ? value.bind(tx) : value
    },
  })
}

async function atSavepoint<T>(tx: Tx, work: Work<T>): Promise<T> {
  await sql`savepoint part`.execute(tx)
  try {
    const result = await work(tx)
    await sql`release savepoint part`.execute(tx)
    return result
  } catch (error) {
    await sql`rollback to savepoint part`.execute(tx)
    await sql`release savepoint part`.execute(tx)
    throw error
  }
}
