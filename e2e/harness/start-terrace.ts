import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '#testing/temporary-folder.ts'

const root = join(import.meta.dirname, '..', '..')
// As the launcher has it: Node keeps what it made of the sources for the next start.
const compiled = join(root, 'node_modules', '.cache', 'compile')
const cli = ['--disable-warning=ExperimentalWarning', join(root, 'src', 'app', 'cli.ts')]

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A real server of its own, started as people start it. */
export interface Terrace {
  readonly url: string
  readonly dataDir: string
  readonly process: ChildProcess
  /** Runs `terrace …` on the same installation. */
  command(...args: readonly string[]): Ended
  /** As Ctrl-C does; answers the exit code. */
  stop(): Promise<number | null>
  /** As if the machine lost interest: no chance to tidy up. */
  kill(): Promise<void>
}

/** A new folder for one installation. */
export const newDataDir = () => mkdtempSync(join(temporaryFolder(), 'terrace-e2e-'))

export const dropDataDir = (folder: string) => rmSync(folder, { recursive: true, force: true })

/** Starts `terrace serve` and waits until it says that it is ready. */
export async function startTerrace(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Terrace> {
  const settings = environment({ DATA_DIR: dataDir, PORT: '0', ...env })
  const server = spawn(process.execPath, [...cli, 'serve'], {
    cwd: root,
    env: settings,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const url = await readyAddress(server)
  const ended = async () => {
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
    return server.exitCode
  }
  return {
    url,
    dataDir,
    process: server,
    command: (...args) => runTerrace(args, { DATA_DIR: dataDir, ...env }),
    stop: () => {
      server.kill('SIGINT')
      return ended()
    },
    kill: async () => {
      server.kill('SIGKILL')
      await ended()
    },
  }
}

/** Runs one `terrace` command to its end. */
export function runTerrace(args: readonly string[], env: Readonly<Record<string, string>>): Ended {
  const ended = spawnSync(process.execPath, [...cli, ...args], { cwd: root, env: environment(env), encoding: 'utf8' })
  return { code: ended.status, out: ended.stdout, err: ended.stderr }
}

/** Begins one `terrace` command and does not wait for it. */
export function beginTerrace(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [...cli, ...args], { cwd: root, env: environment(env), stdio: 'ignore' })
}

// Nothing of the developer's own settings reaches the installations under test, the language neither.
function environment(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env
  return {
    ...{ PATH, HOME, LANG: 'C.UTF-8', HOST: '127.0.0.1', NODE_COMPILE_CACHE: compiled },
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    ...env,
  }
}

function readyAddress(server: ChildProcess): Promise<string> {
  return new Promise((ready, failed) => {
    const said: string[] = []
    const listen = (part: Buffer) => {
      said.push(part.toString())
      const found = /Terrace is ready at (\S+)/.exec(said.join(''))?.[1]
      if (found !== undefined) ready(found)
    }
    server.stdout?.on('data', listen)
    server.stderr?.on('data', listen)
    server.once('exit', (code) => failed(new Error(`terrace serve ended with ${code}: ${said.join('')}`)))
  })
}
