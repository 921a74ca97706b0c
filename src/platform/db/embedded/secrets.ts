import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { StartProblem } from '#platform/config/start-problem.ts'

const Secrets = z.object({
  /** Password of the role that owns the tables. */
  ownerPassword: z.string(),
  /** Password of the role the app works as. */
  appPassword: z.string(),
  /** Reserved for signing what leaves the server when TERRACE_SECRET is not set. */
  signing: z.string(),
})
export type Secrets = Readonly<z.infer<typeof Secrets>>

const secretsFile = (folder: string) => join(folder, 'secrets.json')

/** The installation's own secrets, readable by its user only; made on the first start. */
export function secretsIn(folder: string): Secrets {
  const known = readSecrets(folder)
  if (known !== null) return known
  const fresh: Secrets = { ownerPassword: randomSecret(), appPassword: randomSecret(), signing: randomSecret() }
  const draft = `${secretsFile(folder)}.new`
  // On the disk before it gets its name: after a power cut the file is whole or not there.
  writeFileSync(draft, JSON.stringify(fresh), { mode: 0o600, flush: true })
  chmodSync(draft, 0o600)
  renameSync(draft, secretsFile(folder))
  return fresh
}

/**
 * The secrets of a folder that was started before; null where there are none. What is there and cannot be read is a
 * StartProblem: fresh ones in its place would close for ever what the old ones sealed.
 */
export function readSecrets(folder: string): Secrets | null {
  const file = secretsFile(folder)
  try {
    return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'JSON'
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new StartProblem('SECRETS_UNREADABLE', { file, why: code })
  }
}

const randomSecret = () => randomBytes(24).toString('base64url')
