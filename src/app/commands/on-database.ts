import { join } from 'node:path'
import { pino } from 'pino'
import type { Settings } from '#platform/config/settings.ts'
import { connect } from '#platform/db/connect.ts'
import { sharedDatabase } from '#platform/db/embedded/reach-database.ts'
import { migrate } from '#platform/db/migrate.ts'
import { arrangeHouse } from '../arrange.ts'
import { home } from '../version.ts'
import type { Workbench } from './command.ts'
import { keepFiles } from './keep-files.ts'
import { keepSecrets } from './keep-secrets.ts'

/** Where the numbered SQL files are. */
export const migrationsFolder = join(home, 'migrations')

/** Runs one command's work on the installation's database, brought to this version, whoever has started it. */
export async function onDatabase<T>(settings: Settings, work: (bench: Workbench) => Promise<T>): Promise<T> {
  arrangeHouse()
  keepFiles(settings)
  const address = await sharedDatabase(settings, { log: toConsole })
  try {
    keepSecrets(settings)
    await migrate(address.ownerUrl, migrationsFolder)
    const connection = connect(address.appUrl, address.appRole === undefined ? {} : { role: address.appRole })
    try {
      return await work({ db: connection.db, log: pino({ level: settings.logLevel }, pino.destination(2)), settings })
    } finally {
      await connection.close()
    }
  } finally {
    await address.stop()
  }
}

const toConsole = (line: string) => void process.stderr.write(`${line}\n`)
