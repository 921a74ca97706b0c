import { chmodSync, chownSync, constants, cpSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { newDataDir } from './start-terrace.ts'

/** Names, in the environment of all workers, the folder into which the demo company is loaded once. */
export const demoTemplate = 'TERRACE_DEMO_TEMPLATE'

/** The folder of the installation that is copied and never started. */
export function templateFolder(): string {
  const folder = process.env[demoTemplate]
  if (folder === undefined) throw new Error(`${demoTemplate} is set before the journeys`)
  return join(folder, 'installation')
}

/** A data folder with the demo company in it. */
export function newDemoDir(): string {
  const [from, to] = [templateFolder(), newDataDir()]
  cpSync(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE })
  // The database wants its files to be its user's own, and closed to others.
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    const { uid, gid, mode } = statSync(join(from, name))
    if (process.getuid?.() === 0) chownSync(join(to, name), uid, gid)
    chmodSync(join(to, name), mode)
  }
  return to
}
