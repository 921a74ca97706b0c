import { backupCommand } from './backup.ts'
import type { Command } from './command.ts'
import { companyCreateCommand } from './company.ts'
import { demoCommand } from './demo.ts'
import { eventsParkedCommand, eventsRetryCommand } from './events.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import { importSetCommand } from './import-set.ts'
import { mcpCommand } from './mcp.ts'
import { migrateCommand } from './migrate.ts'
import { personAddCommand, personLinkCommand, personPasswordCommand } from './person.ts'
import { restoreCommand } from './restore.ts'
import { serveCommand } from './serve.ts'
import { tokenCreateCommand } from './token.ts'
import { rebuildCommand, verifyCommand } from './verify.ts'

/** Every command, in the order in which a newcomer meets them. */
export const commands: readonly Command[] = [
  serveCommand,
  migrateCommand,
  companyCreateCommand,
  personAddCommand,
  personPasswordCommand,
  personLinkCommand,
  tokenCreateCommand,
  mcpCommand,
  demoCommand,
  importCommand,
  importSetCommand,
  exportCommand,
  backupCommand,
  restoreCommand,
  verifyCommand,
  rebuildCommand,
  eventsParkedCommand,
  eventsRetryCommand,
]
