import { spawn } from 'node:child_process'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** One check: a program of node_modules with its arguments, or a script of ours. */
interface Check {
  readonly name: string
  readonly args: readonly string[]
  /** What the output must show besides exit code 0. */
  readonly shows?: RegExp
}

const packages = join(import.meta.dirname, '..', 'node_modules')
const tool = (path: string, ...args: readonly string[]) => [join(packages, path), ...args]

const checks: readonly Check[] = [
  { name: 'types', args: tool('typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json') },
  { name: 'lint', args: tool('oxlint/bin/oxlint', '--type-aware', '--quiet') },
  { name: 'format', args: tool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.') },
  {
    name: 'floors',
    args: tool(
      'dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err',
      'src',
    ),
    // With a compiler it does not know, the tool reads nothing and is content.
    shows: /[1-9]\d* modules/,
  },
  { name: 'dead code', args: tool('knip/bin/knip.js', '--no-progress', '--no-config-hints') },
  { name: 'client', args: ['--disable-warning=ExperimentalWarning', 'src/app/print-client.ts', '--check'] },
  { name: 'map', args: ['--disable-warning=ExperimentalWarning', 'src/app/print-map.ts', '--check'] },
]

export interface Count {
  readonly passed: number
  readonly failed: number
}

/** Runs every check, a few at a time; prints what the failing ones say. */
export async function runChecks(): Promise<Count> {
  const waiting = [...checks]
  const results: boolean[] = []
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) results.push(await passes(check))
  }
  await Promise.all(Array.from({ length: Math.min(4, cpus().length) }, worker))
  const passed = results.filter(Boolean).length
  return { passed, failed: results.length - passed }
}

async function passes(check: Check): Promise<boolean> {
  const startedAt = Date.now()
  const { output, code } = await outputOf(check.args)
  const fine = code === 0 && (check.shows === undefined || check.shows.test(output))
  if (!fine) console.log(output.trimEnd())
  console.log(`${fine ? 'ok  ' : 'FAIL'} ${check.name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`)
  return fine
}

function outputOf(args: readonly string[]): Promise<{ output: string; code: number | null }> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    })
    const parts: Buffer[] = []
    child.stdout.on('data', (part: Buffer) => parts.push(part))
    child.stderr.on('data', (part: Buffer) => parts.push(part))
    child.on('error', failed)
    child.on('close', (code) => done({ output: Buffer.concat(parts).toString('utf8'), code }))
  })
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { passed, failed } = await runChecks()
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
}
