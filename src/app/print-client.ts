// Prints the generated part of clients/typescript from the contracts; `--check` compares, `--write` writes.
import { mkdtempSync, readdirSync, readFileSync, rmSync, cpSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@hey-api/openapi-ts'
import { pino } from 'pino'
import { connect } from '#platform/db/connect.ts'
import { buildServer } from './server.ts'
import { home } from './version.ts'

const committed = join(home, 'clients', 'typescript', 'src', 'generated')

/** The description of the API, as everybody is given it. No database is asked. */
async function describeApi(): Promise<string> {
  const connection = connect('postgres://nobody@127.0.0.1:1/none')
  const settings = { publicUrl: null, plainHttp: 'loopback', requestsPerMinute: 1 } as const
  const app = await buildServer({ db: connection.db, log: pino({ level: 'silent' }), settings, webFolder: null })
  const answer = await app.inject('/api/openapi.json')
  await app.close()
  await connection.close()
  return answer.body
}

async function generateIn(folder: string): Promise<string> {
  const input = join(folder, 'openapi.json')
  const output = join(folder, 'generated')
  writeFileSync(input, await describeApi())
  await createClient({
    input,
    output: { path: output, module: { extension: '.ts' } },
    logs: { level: 'silent' },
    plugins: [
      '@hey-api/typescript',
      { name: '@hey-api/sdk', operations: { strategy: 'flat' } },
      '@hey-api/client-fetch',
    ],
  })
  // It is written for less strict settings than ours; whoever imports it gets its types all the same.
  for (const [path, text] of textsIn(output)) writeFileSync(join(output, path), `// @ts-nocheck\n${text}`)
  return output
}

function textsIn(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    names.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path.slice(folder.length), readFileSync(path, 'utf8')]
    }),
  )
}

function isSame(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([path, text]) => other.get(path) === text)
}

const folder = mkdtempSync(join(tmpdir(), 'terrace-client-'))
try {
  const generated = await generateIn(folder)
  if (process.argv.includes('--write')) {
    rmSync(committed, { recursive: true, force: true })
    cpSync(generated, committed, { recursive: true })
  } else if (!isSame(textsIn(generated), textsIn(committed))) {
    process.stderr.write('clients/typescript is out of date: run npm run client and commit it.\n')
    process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
