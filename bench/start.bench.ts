import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { figure, type Figure } from './figure.ts'
import { percentile } from './measure.ts'

const terrace = join(import.meta.dirname, '..', 'bin', 'terrace')
const firstStarts = 3
const secondStartsEach = 2
const patienceMs = 60_000

/** The real command on an empty data folder, then again on the same one, until the page answers. */
export async function bench(): Promise<readonly Figure[]> {
  const first: number[] = []
  const second: number[] = []
  for (let round = 0; round < firstStarts; round += 1) {
    const dataDir = mkdtempSync(join(temporaryFolder(), 'terrace-bench-start-'))
    first.push(await startAndStop(dataDir))
    for (let again = 0; again < secondStartsEach; again += 1) second.push(await startAndStop(dataDir))
    rmSync(dataDir, { recursive: true, force: true })
  }
  const median = (times: number[]) =>
    percentile(
      times.sort((a, b) => a - b),
      0.5,
    ) / 1000
  return [
    figure('first start, empty data folder → page answers', median(first), 's', { atMost: 8 }),
    figure('second start → page answers', median(second), 's', { atMost: 2.5 }),
  ]
}

/** Milliseconds from the command to the page. */
async function startAndStop(dataDir: string): Promise<number> {
  const port = await freePort()
  const env = { ...process.env, DATA_DIR: dataDir, PORT: String(port), DATABASE_URL: '' }
  const start = performance.now()
  const server = spawn(process.execPath, [terrace, 'serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  try {
    await pageAnswers(server, `http://127.0.0.1:${port}/`)
    return performance.now() - start
  } finally {
    if (server.exitCode === null) {
      const ended = once(server, 'exit')
      server.kill('SIGTERM')
      await ended
    }
  }
}

async function pageAnswers(server: ChildProcess, url: string): Promise<void> {
  const until = performance.now() + patienceMs
  while (performance.now() < until && server.exitCode === null) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok && (await answer.text()).includes('<html')) return
    await pause(10)
  }
  throw new Error('the page never answered')
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
