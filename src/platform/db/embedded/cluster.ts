import { spawnSync } from 'node:child_process'
import { chownSync, closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartProblem } from '#platform/config/start-problem.ts'
import type { Binaries } from './binaries.ts'
import type { Secrets } from './secrets.ts'
import { canEnter, type SystemUser } from './system-user.ts'

export const ownerRole = 'terrace_owner'
export const appRole = 'terrace_app'
export const databaseName = 'terrace'

/** Where one cluster's files are and how its programs are told so. */
export interface ClusterFolder {
  /** PostgreSQL's own folder. */
  readonly path: string
  /** The same folder in the words of its user, who may not be able to walk there from the root. */
  readonly asSeen: string
  readonly logFile: string
  /** How to start a program in it: in the folder, as its user. */
  readonly spawn: {
    readonly cwd: string
    readonly uid?: number
    readonly gid?: number
    readonly env: NodeJS.ProcessEnv
  }
}

/** The cluster folder inside a data folder, for that user. */
export function clusterFolder(dataDir: string, user: SystemUser | null, name = 'postgres'): ClusterFolder {
  const path = join(dataDir, name)
  return {
    path,
    asSeen: asSeenBy(user, dataDir, path),
    logFile: join(dataDir, 'postgres.log'),
    spawn: {
      cwd: path,
      // PostgreSQL's messages stay English and its libraries its own, whatever the console's settings are.
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC', SystemRoot: process.env['SystemRoot'] },
      ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
    },
  }
}

// Under a closed folder such as /root the database's user cannot follow the path; on Linux a process that was started
// inside the folder still reaches it through its own working directory.
function asSeenBy(user: SystemUser | null, dataDir: string, path: string): string {
  if (canEnter(dataDir, user)) return path
  if (process.platform === 'linux' && existsSync('/proc/self/cwd')) return '/proc/self/cwd'
  throw new StartProblem('FOLDER_CLOSED_TO_USER', { user: user?.name ?? '', folder: dataDir })
}

/** Initialises the cluster when there is none yet. A start that died half-way left only a draft, which is made anew. */
export function ensureCluster(
  dataDir: string,
  binaries: Binaries,
  user: SystemUser | null,
  secrets: Secrets,
  durable: boolean,
): ClusterFolder {
  const folder = clusterFolder(dataDir, user)
  if (existsSync(join(folder.path, 'PG_VERSION'))) return folder
  const draft = clusterFolder(dataDir, user, 'postgres.new')
  rmSync(draft.path, { recursive: true, force: true })
  mkdirSync(draft.path, { mode: 0o700 })
  const passwordFile = join(dataDir, 'postgres.password')
  writeFileSync(passwordFile, secrets.ownerPassword, { mode: 0o600 })
  try {
    for (const path of [draft.path, passwordFile]) if (user !== null) chownSync(path, user.uid, user.gid)
    initialise(binaries, draft, passwordFile, durable)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(draft.path, folder.path)
  return folder
}

// The order of text is by code point everywhere; Chinese sorts by an explicit ICU collation where people see it.
// Character classes come from the system's UTF-8 locale where there is one.
const characterLocales = ['C.UTF-8', 'en_US.UTF-8', 'C']

function initialise(binaries: Binaries, draft: ClusterFolder, passwordFile: string, durable: boolean): void {
  let why = ''
  for (const characters of characterLocales) {
    // Handed over open: the database's user may not be able to walk to the file.
    const password = openSync(passwordFile, 'r')
    const made = spawnSync(binaries.initdb, initdbArgs(draft, characters, passwordFile, durable), {
      ...draft.spawn,
      stdio: ['ignore', 'pipe', 'pipe', password],
      encoding: 'utf8',
    })
    closeSync(password)
    if (made.status === 0) return
    why = made.error?.message ?? made.stderr.trim().split('\n').at(-1) ?? ''
  }
  throw new StartProblem('DATABASE_BROKEN', { why, log: draft.logFile })
}

function initdbArgs(draft: ClusterFolder, characters: string, passwordFile: string, durable: boolean): string[] {
  return [
    `--pgdata=${draft.asSeen}`,
    `--username=${ownerRole}`,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    `--lc-ctype=${characters}`,
    '--data-checksums',
    '--auth=scram-sha-256',
    `--pwfile=${process.platform === 'win32' ? passwordFile : '/dev/fd/3'}`,
    ...(durable ? [] : ['--no-sync']),
  ]
}
