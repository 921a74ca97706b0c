// Prints docs/map.md from what the rooms declare; `--check` compares, `--write` writes.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import prettier from 'prettier'
import { connect } from '#platform/db/connect.ts'
import { drawMap } from './draw-map.ts'
import { buildServer } from './server.ts'
import { home } from './version.ts'

const file = join(home, 'docs', 'map.md')

/** The map as it stands now. No database is asked: the rooms only register. */
async function currentMap(): Promise<string> {
  const connection = connect('postgres://nobody@127.0.0.1:1/none')
  const settings = { publicUrl: null, plainHttp: 'loopback', requestsPerMinute: 1 } as const
  const app = await buildServer({ db: connection.db, log: pino({ level: 'silent' }), settings, webFolder: null })
  const text = drawMap(app.served)
  await app.close()
  await connection.close()
  return prettier.format(text, { parser: 'markdown', printWidth: 120 })
}

function committedMap(): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const text = await currentMap()
if (process.argv.includes('--write')) writeFileSync(file, text)
else if (text !== committedMap()) {
  process.stderr.write('docs/map.md is out of date: run npm run map and commit it.\n')
  process.exitCode = 1
}
