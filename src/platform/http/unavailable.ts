import pg from 'pg'

/** What is missing for the time being, so that a request cannot be served now and may well be later. */
export type Missing = 'database' | 'room'

/** Whether an error tells of something missing rather than of the request or of us; undefined if not. */
export function whatIsMissing(error: unknown): Missing | undefined {
  if (error instanceof AggregateError) return error.errors.map(whatIsMissing).find((one) => one !== undefined)
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === diskFull) return 'room'
  if (error instanceof pg.DatabaseError) return databaseAway.test(code) ? 'database' : undefined
  return lostCodes.has(code) || lostWords.test(error.message) ? 'database' : undefined
}

const diskFull = '53100'
/** Connection exceptions, shutdown, crash, recovery, too many connections, out of memory or locks. */
const databaseAway = /^(08|57P0[1-5]|53)/
const lostCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE'])
/** The driver's own errors, which have no code. */
const lostWords =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/
