import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const root = join(import.meta.dirname, '..', '..')
const cli = ['--disable-warning=ExperimentalWarning', join(root, 'src', 'app', 'cli.ts')]

/** What is killed: the app, the database under it, or both with the guard that would have tidied up. */
export type Victim = 'app' | 'database' | 'everything'

/** A server that is started again whenever it ends, as a service of the system would be. */
export interface Supervised {
  readonly url: string
  readonly dataDir: string
  /** Milliseconds until it says that it is ready. */
  ready(): Promise<number>
  kill(victim: Victim): Promise<void>
  /** Runs `terrace …` on the same installation; answers its exit code and what it said. */
  command(...args: readonly string[]): { readonly code: number | null; readonly out: string }
  starts(): number
  stop(): Promise<void>
}

const patienceMs = 180_000

export async function supervise(dataDir: string): Promise<Supervised> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = environment({
    DATA_DIR: dataDir,
    PORT: String(port),
    PUBLIC_URL: url,
    LOG_LEVEL: 'error',
    REQUESTS_PER_MINUTE: '999999',
  })
  const log = createWriteStream(join(dataDir, 'server.log'), { flags: 'a' })
  let isStopping = false
  let starts = 0
  let server: ChildProcess
  const start = () => {
    starts += 1
    server = spawn(process.execPath, [...cli, 'serve'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    server.stdout?.pipe(log, { end: false })
    server.stderr?.pipe(log, { end: false })
    server.once('exit', () => {
      // As a service manager does: again, after a moment.
      if (!isStopping) setTimeout(start, 100)
    })
  }
  start()
  return {
    url,
    dataDir,
    ready: () => readiness(url),
    kill: async (victim) => {
      const app = server.pid ?? 0
      const database = postmasterOf(dataDir)
      if (victim === 'everything') for (const guard of childrenOf(app)) end(guard)
      if (victim !== 'database') end(app)
      if (victim !== 'app' && database !== undefined) end(database)
      // So that nobody takes the server of before for one that is ready again.
      if (victim !== 'database') while (isAlive(app)) await pause(5)
    },
    command: (...args) => {
      const ended = spawnSync(process.execPath, [...cli, ...args], { cwd: root, env, encoding: 'utf8' })
      return { code: ended.status, out: `${ended.stdout}${ended.stderr}` }
    },
    starts: () => starts,
    stop: async () => {
      isStopping = true
      if (server.exitCode === null && server.signalCode === null) {
        server.kill('SIGTERM')
        await once(server, 'exit')
      }
      log.end()
    },
  }
}

async function readiness(url: string): Promise<number> {
  const startedAt = performance.now()
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    await answer?.arrayBuffer()
    const took = performance.now() - startedAt
    if (answer?.status === 200) return took
    if (took > patienceMs) throw new Error('the server did not come back by itself')
    await pause(25)
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was faster.
  }
}

function isAlive(pid: number): boolean {
  const [stat] = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
  return stat !== undefined && stat !== 'Z'
}

function postmasterOf(dataDir: string): number | undefined {
  try {
    return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}

const childrenOf = (pid: number) =>
  spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .stdout.trim()
    .split(/\s+/)
    .filter(Boolean)
    .map(Number)

// Nothing of the developer's own settings reaches the installation.
function environment(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env
  return { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), LANG: 'C.UTF-8', HOST: '127.0.0.1', ...env }
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
