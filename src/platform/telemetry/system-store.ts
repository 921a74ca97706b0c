import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'

/** How the installation is, over all its companies. */
export interface SystemFigures {
  readonly databaseBytes: number
  readonly eventsWaiting: number
  readonly eventsWaitingSince: Date | null
  readonly eventsParked: number
  readonly jobsWaiting: number
  readonly jobsWaitingSince: Date | null
  readonly jobsRunning: number
  readonly jobsFailed: number
}

export async function systemFigures(db: Db): Promise<SystemFigures> {
  const { rows } = await sql<SystemFigures>`
    select database_bytes::double precision as "databaseBytes", events_waiting::int as "eventsWaiting",
      events_waiting_since as "eventsWaitingSince", events_parked::int as "eventsParked",
      jobs_waiting::int as "jobsWaiting", jobs_waiting_since as "jobsWaitingSince", jobs_running::int as "jobsRunning",
      jobs_failed::int as "jobsFailed"
    from system_figures()`.execute(db)
  const [figures] = rows
  if (!figures) throw new Error('the database said nothing of itself')
  return figures
}
