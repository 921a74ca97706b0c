import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'

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
  writeFileSync(draft, JSON.stringify(fresh), { mode: 0o600 })
  chmodSync(draft, 0o600)
  renameSync(draft, secretsFile(folder))
  return fresh
}

/** The secrets of a folder that was started before, or null. */
export function readSecrets(folder: string): Secrets | null {
  try {
    return Secrets.parse(JSON.parse(readFileSync(secretsFile(folder), 'utf8')))
  } catch {
    return null
  }
}

const randomSecret = () => randomBytes(24).toString('base64url')
