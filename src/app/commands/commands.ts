import type { Command } from './command.ts'
import { migrateCommand } from './migrate.ts'
import { serveCommand } from './serve.ts'

/** Every command, in the order in which a newcomer meets them. */
export const commands: readonly Command[] = [serveCommand, migrateCommand]
