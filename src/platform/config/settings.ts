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
  /** Signs what leaves the server; made and kept in DATA_DIR when not set. */
  TERRACE_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  /** Where plain http may carry a password: on this machine only, or also in a private network. */
  PLAIN_HTTP: z.enum(['loopback', 'private-network'], 'must be loopback or private-network').default('loopback'),
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
  readonly logLevel: string
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
    logLevel: values.LOG_LEVEL,
  }
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
