import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { StartProblem } from '#platform/config/start-problem.ts'

/** The operating-system user that the embedded database runs as. */
export interface SystemUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root: there it runs as an ordinary user of the machine.
 * Null when the program itself is not root and the database simply runs as the same user.
 */
export function databaseUser(): SystemUser | null {
  if (process.getuid?.() !== 0) return null
  const user = knownUser('postgres') ?? knownUser('nobody') ?? knownUser('daemon')
  if (user === null) throw new StartProblem('PLATFORM_UNSERVED', { platform: `root on ${process.platform}` })
  return user
}

function knownUser(name: string): SystemUser | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return Number(uid) !== 0 && uid !== undefined && gid !== undefined
    ? { name, uid: Number(uid), gid: Number(gid) }
    : null
}

/** Whether the user can walk into the folder; asked of the system itself, so that access lists count too. */
export function canEnter(folder: string, user: SystemUser | null): boolean {
  if (user === null) return true
  const asked = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], {
    cwd: '/',
    uid: user.uid,
    gid: user.gid,
    stdio: 'ignore',
  })
  return asked.status === 0
}
