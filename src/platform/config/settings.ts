import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { StartProblem } from './start-problem.ts'

/** Stands for the folder `data` of the installation. */
export const defaultDataDir = './data'

const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  })

const Variables = z.object({
  /** Port of the web server. */
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a number from 0 to 65535')
    .default(3000),
  /** Address the web server listens on. */
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a host name or an address')
    .default('127.0.0.1'),
  /** Folder of the embedded database and of files. */
  DATA_DIR: z.string().default(defaultDataDir),
  /** A PostgreSQL (15 or newer) to use instead of the embedded one. */
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  /** The same database as the role that may change its schema; default DATABASE_URL. */
  DATABASE_MIGRATE_URL: url('postgres:', 'postgresql:').optional(),
  /** The address people use, when it differs from HOST and PORT. */
  PUBLIC_URL: url('http:', 'https:').optional(),
  /** Seals second factors and other secrets in the database; made and kept in DATA_DIR when not set. */
  TERRACE_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  /** Where plain http may carry a password: on this machine only, or also in a private network. */
  PLAIN_HTTP: z.enum(['loopback', 'private-network'], 'must be loopback or private-network').default('loopback'),
  /** The largest file that may be attached to a record, in MB. */
  FILE_MOST_MB: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'must be a number from 1 to 5000')
    .transform(Number)
    .refine((size) => size <= 5000, 'must be a number from 1 to 5000')
    .default(50),
  /** How much the files of a company may take together, in GB; unlimited when not set. */
  FILES_MOST_GB: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'must be a number from 1 to 999999')
    .transform(Number)
    .optional(),
  /** A store that speaks S3, in which attachments are kept instead of DATA_DIR. */
  S3_ENDPOINT: url('http:', 'https:').optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
    .optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_KEY_ID: z.string().optional(),
  S3_SECRET: z.string().optional(),
  /** Whether the bucket stands in the path of an address, or before its host. */
  S3_PATH_STYLE: z.enum(['true', 'false'], 'must be true or false').default('true'),
  /** Folder into which a backup is taken every day; none is taken by itself when not set. */
  BACKUP_DIR: z.string().optional(),
  /** When, in UTC. */
  BACKUP_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 18:30')
    .default('18:30'),
  /** Days, and weeks, of which the newest backup is kept. */
  BACKUP_KEEP_DAILY: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a number from 0 to 9999')
    .transform(Number)
    .default(7),
  BACKUP_KEEP_WEEKLY: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a number from 0 to 9999')
    .transform(Number)
    .default(4),
  /** A copy of the database that follows it, for reading; see docs/operations.md. */
  DATABASE_READ_URL: url('postgres:', 'postgresql:').optional(),
  /** How far the copy may lag behind before nobody reads from it, in seconds. */
  DATABASE_READ_LAG: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a number from 0 to 9999')
    .transform(Number)
    .default(10),
  /** What a program shows to read /metrics from another machine. */
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  /** Queries that take longer are written to the log, in milliseconds; 0: none. */
  SLOW_QUERY_MS: z
    .string()
    .regex(/^\d{1,6}$/, 'must be a number from 0 to 999999')
    .transform(Number)
    .default(1000),
  /** The server through which mail leaves: `smtp://user:password@host:port` or `smtps:`. */
  SMTP_URL: url('smtp:', 'smtps:').optional(),
  /** Who mail comes from: an address, or `Name <address>`. */
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, 'must be an address, or a name and <address>')
    .optional(),
  /** How many requests a person or an API key may send in a minute, in each server process; an address twice as many. */
  REQUESTS_PER_MINUTE: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, 'must be a number from 1 to 9999999')
    .transform(Number)
    .default(3000),
  /** Whether webhooks, robots and single sign-on may call this machine and private networks, and by plain http. */
  CALL_PRIVATE: z.enum(['refuse', 'allow'], 'must be refuse or allow').default('refuse'),
  /** How much is written to the log. */
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'must be fatal, error, warn, info, debug or silent')
    .default('warn'),
})

/** The names of all settings, for the documents. */
export const settingNames = Object.keys(Variables.shape)

export interface Settings {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly databaseUrl: string | null
  readonly migrateUrl: string | null
  readonly publicUrl: string | null
  readonly secret: string | null
  readonly plainHttp: 'loopback' | 'private-network'
  /** Webhooks, robots and single sign-on may call this machine and private networks. */
  readonly callsPrivate: boolean
  readonly logLevel: string
  readonly requestsPerMinute: number
  readonly fileMostMb: number
  /** Null: no limit. */
  readonly filesMostGb: number | null
  /** Null: attachments are kept in the data folder. */
  readonly s3: {
    readonly endpoint: string
    readonly bucket: string
    readonly region: string
    readonly keyId: string
    readonly secret: string
    readonly isPathStyle: boolean
  } | null
  readonly backup: {
    /** Null: no backup is taken by itself. */
    readonly folder: string | null
    /** `HH:MM`, in UTC. */
    readonly at: string
    readonly keepDaily: number
    readonly keepWeekly: number
  }
  readonly readUrl: string | null
  /** Seconds. */
  readonly readLag: number
  readonly metricsToken: string | null
  /** 0: none is slow. */
  readonly slowQueryMs: number
  /** Null: no mail leaves. */
  readonly smtp: { readonly url: string; readonly from: string } | null
}

/** Reads the settings from the environment; a wrong one is a StartProblem that names the variable. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = Variables.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new StartProblem('SETTING_INVALID', { name: String(issue?.path[0]), why: issue?.message ?? '' })
  }
  const values = parsed.data
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL ?? null,
    migrateUrl: values.DATABASE_MIGRATE_URL ?? null,
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    secret: values.TERRACE_SECRET ?? null,
    plainHttp: values.PLAIN_HTTP,
    callsPrivate: values.CALL_PRIVATE === 'allow',
    logLevel: values.LOG_LEVEL,
    requestsPerMinute: values.REQUESTS_PER_MINUTE,
    fileMostMb: values.FILE_MOST_MB,
    filesMostGb: values.FILES_MOST_GB ?? null,
    s3: s3Of(values),
    backup: {
      folder: values.BACKUP_DIR ?? null,
      at: values.BACKUP_AT,
      keepDaily: values.BACKUP_KEEP_DAILY,
      keepWeekly: values.BACKUP_KEEP_WEEKLY,
    },
    readUrl: values.DATABASE_READ_URL ?? null,
    readLag: values.DATABASE_READ_LAG,
    metricsToken: values.METRICS_TOKEN ?? null,
    slowQueryMs: values.SLOW_QUERY_MS,
    smtp: smtpOf(values),
  }
}

/** The store of files is told whole or not at all. */
function s3Of(values: z.output<typeof Variables>): Settings['s3'] {
  if (values.S3_ENDPOINT === undefined) return null
  const needed = (name: 'S3_BUCKET' | 'S3_KEY_ID' | 'S3_SECRET'): string => {
    const value = values[name]
    if (value === undefined) throw new StartProblem('SETTING_INVALID', { name, why: 'is needed with S3_ENDPOINT' })
    return value
  }
  return {
    endpoint: values.S3_ENDPOINT,
    bucket: needed('S3_BUCKET'),
    region: values.S3_REGION,
    keyId: needed('S3_KEY_ID'),
    secret: needed('S3_SECRET'),
    isPathStyle: values.S3_PATH_STYLE === 'true',
  }
}

function smtpOf({ SMTP_URL, MAIL_FROM }: z.output<typeof Variables>): Settings['smtp'] {
  if (SMTP_URL === undefined) return null
  if (MAIL_FROM === undefined)
    throw new StartProblem('SETTING_INVALID', { name: 'MAIL_FROM', why: 'is needed with SMTP_URL' })
  return { url: SMTP_URL, from: MAIL_FROM }
}

/** The environment with what `.env` in the folder adds; what is set outside wins. */
export function environmentWith(folder: string, env: Readonly<Record<string, string | undefined>>) {
  try {
    return { ...parseEnv(readFileSync(join(folder, '.env'), 'utf8')), ...env }
  } catch {
    return env
  }
}

/** Whether the server is reachable from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}
