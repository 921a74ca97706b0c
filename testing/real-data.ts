import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder of files that nobody here made; it stands beside the repository where tests may read it. */
const root = resolve(process.env['TERRACE_REAL_DATA'] ?? '../shared/data')

/** The path of a real file or folder, or undefined where the data are not at hand; then the tests that need it say so. */
export function realData(...parts: readonly string[]): string | undefined {
  const path = join(root, ...parts)
  if (existsSync(path)) return path
  console.info(`left out: ${path} is not there (TERRACE_REAL_DATA)`)
  return undefined
}
