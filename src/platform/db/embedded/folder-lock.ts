import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { StartProblem } from '#platform/config/start-problem.ts'
import { identityOf } from './process-identity.ts'

const Owner = z.object({
  pid: z.number(),
  identity: z.string(),
  /** Where the embedded database listens; absent while it is starting. */
  port: z.number().optional(),
})
export type FolderOwner = Readonly<z.infer<typeof Owner>>

export interface FolderLock {
  /** Writes down where the database listens, so that commands find it. */
  announce(port: number): void
  release(): void
}

const lockFile = (folder: string) => join(folder, 'terrace.lock')

/** The live process that owns the data folder, or null. */
export function ownerOf(folder: string): FolderOwner | null {
  const owner = readOwner(lockFile(folder))
  return owner !== null && identityOf(owner.pid) === owner.identity ? owner : null
}

/** Makes the data folder and takes it for this process; a lock left by a dead process is cleared away. */
export function claimFolder(folder: string): FolderLock {
  makeFolder(folder)
  const me: FolderOwner = { pid: process.pid, identity: identityOf(process.pid) ?? '' }
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (placeLock(folder, me)) return lockOf(folder, me)
    const owner = ownerOf(folder)
    if (owner !== null) throw new StartProblem('FOLDER_IN_USE', { folder, pid: owner.pid })
    clearStaleLock(folder)
  }
  throw new StartProblem('FOLDER_IN_USE', { folder, pid: '?' })
}

function lockOf(folder: string, me: FolderOwner): FolderLock {
  return {
    announce: (port) => {
      const draft = writeDraft(folder, { ...me, port })
      renameSync(draft, lockFile(folder))
    },
    release: () => {
      const owner = readOwner(lockFile(folder))
      if (owner?.pid === me.pid && owner.identity === me.identity) rmSync(lockFile(folder), { force: true })
    },
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    const probe = join(folder, `.probe-${randomUUID()}`)
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw new StartProblem('FOLDER_UNUSABLE', { folder, why: reasonOf(error) })
  }
}

// Linking a finished file is atomic: nobody ever reads a half-written lock.
function placeLock(folder: string, me: FolderOwner): boolean {
  const draft = writeDraft(folder, me)
  try {
    linkSync(draft, lockFile(folder))
    return true
  } catch (error) {
    if (reasonOf(error) === 'EEXIST') return false
    throw new StartProblem('FOLDER_UNUSABLE', { folder, why: reasonOf(error) })
  } finally {
    rmSync(draft, { force: true })
  }
}

// Moved aside first and looked at again: two starts that clear at once must not remove the other's fresh lock.
function clearStaleLock(folder: string): void {
  const aside = join(folder, `.lock-${randomUUID()}`)
  try {
    renameSync(lockFile(folder), aside)
  } catch {
    return
  }
  const owner = readOwner(aside)
  if (owner !== null && identityOf(owner.pid) === owner.identity) {
    try {
      linkSync(aside, lockFile(folder))
    } catch {
      // A third start was faster; one of the two stops at PostgreSQL's own lock.
    }
  }
  rmSync(aside, { force: true })
}

function writeDraft(folder: string, owner: FolderOwner): string {
  const draft = join(folder, `.lock-${randomUUID()}`)
  writeFileSync(draft, JSON.stringify(owner), { mode: 0o644 })
  return draft
}

function readOwner(path: string): FolderOwner | null {
  try {
    return Owner.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
