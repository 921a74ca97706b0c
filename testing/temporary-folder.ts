import { statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { canEnter, databaseUser } from '#platform/db/embedded/system-user.ts'

/** A folder for throw-away installations that the database's user can enter. */
export function temporaryFolder(): string {
  const user = databaseUser()
  const open = [tmpdir(), '/tmp', '/var/tmp'].find((folder) => isFolder(folder) && canEnter(folder, user))
  return open ?? tmpdir()
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
