import { sharedDatabase } from '#platform/db/embedded/reach-database.ts'
import { migrate } from '#platform/db/migrate.ts'
import type { Command } from './command.ts'
import { migrationsFolder } from './on-database.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  words: 'Bring the database to this version; safe to repeat and from several machines at once.',
  examples: ['migrate'],
  async run({ settings }) {
    const address = await sharedDatabase(settings, { log: (line) => void process.stderr.write(`${line}\n`) })
    try {
      const applied = await migrate(address.ownerUrl, migrationsFolder)
      process.stdout.write(applied.length === 0 ? 'The database is up to date.\n' : `Applied ${applied.join(', ')}.\n`)
    } finally {
      await address.stop()
    }
  },
}
