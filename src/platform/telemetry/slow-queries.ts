import type { LogEvent } from 'kysely'
import type { Logger } from 'pino'
import { currentRequest } from '#platform/http/current-request.ts'

const longestText = 4000

interface SlowLog {
  readonly log: Logger
  /** Milliseconds; 0: no query is slow. */
  readonly threshold: number
  readonly onSlow?: () => void
}

/**
 * Writes queries that take long to the log, as a warning: the text with its placeholders, never what stands in their
 * place, which may be anybody's data. Undefined where none is slow, so that nothing is measured.
 */
export function slowQueryLog({ log, threshold, onSlow }: SlowLog): ((event: LogEvent) => void) | undefined {
  if (threshold === 0) return undefined
  return (event) => {
    if (event.queryDurationMillis < threshold) return
    onSlow?.()
    const ms = Math.round(event.queryDurationMillis)
    log.warn({ ms, sql: textOf(event.query.sql), requestId: currentRequest()?.id }, 'a slow query')
  }
}

const textOf = (sql: string) => sql.replace(/\s+/g, ' ').trim().slice(0, longestText)
