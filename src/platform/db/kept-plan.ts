import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type pg from 'pg'

const mark = '/* kept plan */'

/**
 * Opens a statement whose plan each connection makes once and keeps. For those that every save runs, with a text that
 * is always the same: planning them anew takes longer than running them.
 */
export const keptPlan = sql.raw(mark)

/**
 * Makes a new connection keep the plans of marked statements. Not for connections that a pooler hands around between
 * transactions: the next one would not know the statement.
 */
export function keepPlans(client: pg.PoolClient): void {
  const { query } = client
  const ask = (...given: readonly unknown[]): unknown => Reflect.apply(query, client, given)
  const keeping = (text: unknown, values: unknown, ...rest: readonly unknown[]): unknown =>
    typeof text === 'string' && text.startsWith(mark)
      ? ask({ name: nameOf(text), text, values }, ...rest)
      : ask(text, values, ...rest)
  Object.assign(client, { query: keeping })
}

const names = new Map<string, string>()

/** One name per text, within the 63 bytes that PostgreSQL reads. */
function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = createHash('sha256').update(text).digest('hex').slice(0, 40)
  names.set(text, name)
  return name
}
