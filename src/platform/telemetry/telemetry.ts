import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type pg from 'pg'
import { lastBackups } from '#platform/backup/index.ts'
import type { Db } from '#platform/db/connect.ts'
import { systemFigures } from './system-store.ts'

/** What this process counts of itself, and what it can tell of the installation, in the words of Prometheus. */
export interface Telemetry {
  /** One answered request; the route is the template, so that ids do not multiply the series. */
  request(of: { readonly method: string; readonly route: string; readonly status: number }, seconds: number): void
  slowQuery(): void
  job(task: string, outcome: JobOutcome): void
  /** A read that went to the replica, or could have and went to the database itself. */
  read(from: 'replica' | 'primary'): void
  /** Says what the figures of the installation are read from. */
  watch(watched: Watched): void
  /** Everything as text, with the figures of the installation as they are now. */
  text(): Promise<string>
  readonly contentType: string
}

/** `failed`: this try; it comes again. `given-up`: the last one. */
export type JobOutcome = 'done' | 'failed' | 'given-up'

interface Watched {
  readonly db: Db
  /** The pools of this process by what they are for. */
  readonly pools: Readonly<Record<string, pg.Pool>>
  /** Seconds by which the replica is behind; undefined: it is not there. Absent: there is none. */
  readonly replicaLag?: () => number | undefined
}

/** Of requests: from what nobody notices to what everybody does, in seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10]

export function startTelemetry(version: string): Telemetry {
  let watched: Watched | undefined
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register })
  const requests = new Histogram({
    name: 'terrace_http_request_duration_seconds',
    help: 'Time from the request to the end of its answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers,
  })
  const slow = new Counter({ name: 'terrace_slow_queries_total', help: 'Queries over SLOW_QUERY_MS', registers })
  const jobs = new Counter({
    name: 'terrace_jobs_total',
    help: 'Tries of jobs in this process, by task and outcome',
    labelNames: ['task', 'outcome'],
    registers,
  })
  const reads = new Counter({
    name: 'terrace_reads_total',
    help: 'Reads that may go to the replica, by where they went',
    labelNames: ['from'],
    registers,
  })
  new Gauge({ name: 'terrace_info', help: 'The version of Terrace', labelNames: ['version'], registers }).set(
    { version },
    1,
  )
  const installation = installationGauges(registers)
  return {
    request: ({ method, route, status }, seconds) => {
      requests.observe({ method, route, status: String(status) }, seconds)
    },
    slowQuery: () => slow.inc(),
    job: (task, outcome) => jobs.inc({ task, outcome }),
    read: (from) => reads.inc({ from }),
    watch: (given) => void (watched = given),
    text: async () => {
      if (watched) await installation.refresh(watched)
      return register.metrics()
    },
    contentType: register.contentType,
  }
}

/** What is not of this process alone; read from the database whenever somebody asks. */
function installationGauges(registers: Registry[]) {
  const gauge = (name: string, help: string) => new Gauge({ name: `terrace_${name}`, help, registers })
  const up = gauge('database_up', 'Whether the database answers')
  const bytes = gauge('database_bytes', 'Size of the database')
  const events = new Gauge({
    name: 'terrace_events',
    help: 'Events that wait for their handlers, or were given up',
    labelNames: ['state'],
    registers,
  })
  const lag = gauge('event_lag_seconds', 'Age of the oldest event that waits; 0: none does')
  const jobs = new Gauge({
    name: 'terrace_jobs',
    help: 'Jobs of all companies by state',
    labelNames: ['state'],
    registers,
  })
  const jobLag = gauge('job_lag_seconds', 'How long the oldest job is overdue; 0: none is')
  const backup = new Gauge({
    name: 'terrace_last_backup_timestamp_seconds',
    help: 'When a backup last ended, by outcome; absent: never',
    labelNames: ['outcome'],
    registers,
  })
  const replicaLag = gauge('replica_lag_seconds', 'How far the replica is behind; -1: it is not there')
  const pool = new Gauge({
    name: 'terrace_pool_connections',
    help: 'Connections of this process to the database; waiting: requests for one',
    labelNames: ['pool', 'state'],
    registers,
  })
  const secondsSince = (since: Date | null) => (since === null ? 0 : Math.max(0, (Date.now() - since.getTime()) / 1000))

  const refreshDatabase = async (db: Db) => {
    const figures = await systemFigures(db)
    const last = await lastBackups(db)
    up.set(1)
    bytes.set(figures.databaseBytes)
    events.set({ state: 'waiting' }, figures.eventsWaiting)
    events.set({ state: 'parked' }, figures.eventsParked)
    lag.set(secondsSince(figures.eventsWaitingSince))
    jobs.set({ state: 'waiting' }, figures.jobsWaiting)
    jobs.set({ state: 'running' }, figures.jobsRunning)
    jobs.set({ state: 'failed' }, figures.jobsFailed)
    jobLag.set(secondsSince(figures.jobsWaitingSince))
    if (last.done) backup.set({ outcome: 'done' }, last.done.getTime() / 1000)
    if (last.failed) backup.set({ outcome: 'failed' }, last.failed.getTime() / 1000)
  }
  return {
    refresh: async ({ db, pools, replicaLag: lagOfReplica }: Watched) => {
      for (const [name, { totalCount, idleCount, waitingCount }] of Object.entries(pools)) {
        pool.set({ pool: name, state: 'busy' }, totalCount - idleCount)
        pool.set({ pool: name, state: 'idle' }, idleCount)
        pool.set({ pool: name, state: 'waiting' }, waitingCount)
      }
      if (lagOfReplica) replicaLag.set(lagOfReplica() ?? -1)
      // The process is still told of when the database is away.
      await refreshDatabase(db).catch(() => up.set(0))
    },
  }
}
