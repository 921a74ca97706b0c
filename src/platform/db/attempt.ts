import pg from 'pg'
import { sql } from 'kysely'
import { AppError } from '#base/errors.ts'
import type { AppEvent, AuditEntry, Step } from './step.ts'

/** What an attempt came to: the result, or the error that only its own rows are to blame for. */
export type Attempt<T> =
  { readonly ok: true; readonly result: T } | { readonly ok: false; readonly error: AppError | pg.DatabaseError }

/**
 * Runs a part of a step that may fail without taking the rest along: a savepoint, with audit and events held back
 * until the part stands. Errors that no row is to blame for go on.
 */
export async function attempt<T>(step: Step, act: (step: Step) => Promise<T>): Promise<Attempt<T>> {
  const told: AppEvent[] = []
  const audited: AuditEntry[] = []
  const careful: Step = { ...step, tell: (event) => void told.push(event), audit: (entry) => void audited.push(entry) }
  await sql`savepoint attempt`.execute(step.tx)
  try {
    const result = await act(careful)
    await sql`release savepoint attempt`.execute(step.tx)
    told.forEach(step.tell)
    audited.forEach(step.audit)
    return { ok: true, result }
  } catch (error) {
    if (!isOfRows(error)) throw error
    await sql`rollback to savepoint attempt`.execute(step.tx)
    await sql`release savepoint attempt`.execute(step.tx)
    return { ok: false, error }
  }
}

/** Of the database's errors those of classes 22 and 23: wrong values and broken constraints. */
function isOfRows(error: unknown): error is AppError | pg.DatabaseError {
  return error instanceof AppError || (error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? ''))
}
