import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ClusterFolder } from './cluster.ts'
import { identityOf } from './process-identity.ts'

const patienceMs = 20_000

/**
 * Ends a database that outlived its app and its guard (both killed), and clears the lock of one that is gone
 * when its process number has meanwhile been given to another program. Call only as the owner of the data folder.
 */
export async function endOrphan(folder: ClusterFolder): Promise<void> {
  const pidFile = join(folder.path, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 0 || identityOf(pid) === null) return
  if (!servesFolder(pid, folder.path)) return rmSync(pidFile, { force: true })
  await end(pid, 'SIGINT')
  if (identityOf(pid) !== null) await end(pid, 'SIGQUIT')
}

function servesFolder(pid: number, path: string): boolean {
  if (process.platform !== 'linux') return commandOf(pid).includes(path)
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(path)
  } catch {
    return false
  }
}

const commandOf = (pid: number) =>
  spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''

async function end(pid: number, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  try {
    process.kill(pid, signal)
  } catch {
    return
  }
  const until = Date.now() + patienceMs
  while (identityOf(pid) !== null && Date.now() < until) await pause(25)
}
