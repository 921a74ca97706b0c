// Everything that must hold: the checks, the tests and the journeys. Ends with one line `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { runChecks, type Count } from './run-checks.ts'

const root = join(import.meta.dirname, '..')
const results = join(root, 'test-results')
const packages = join(root, 'node_modules')

const VitestResult = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
})
const PlaywrightResult = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
})

function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): number {
  const ended = spawnSync(process.execPath, [join(packages, program), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  return ended.status ?? 1
}

function readResult<T>(file: string, shape: z.ZodType<T>): T | null {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/** A run that broke off counts as one failure, whatever its report says. */
function countOf(passed: number, failed: number, exitCode: number): Count {
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed }
}

function runTests(): Count {
  const file = join(results, 'vitest.json')
  const code = run('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  const found = readResult(file, VitestResult)
  return countOf(found?.numPassedTests ?? 0, found?.numFailedTests ?? 0, code)
}

function runJourneys(): Count {
  const file = join(results, 'playwright.json')
  const code = run('@playwright/test/cli.js', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: file })
  const found = readResult(file, PlaywrightResult)
  return countOf((found?.stats.expected ?? 0) + (found?.stats.flaky ?? 0), found?.stats.unexpected ?? 0, code)
}

rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
const counts = [await runChecks(), runTests(), runJourneys()]
const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
