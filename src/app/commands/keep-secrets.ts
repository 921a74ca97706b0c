import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Settings } from '#platform/config/settings.ts'
import { secretsIn } from '#platform/db/embedded/secrets.ts'
import { connectMail } from '#platform/mail/index.ts'
import { sealWith } from '#platform/secrets/seal-secret.ts'

/** Says with what secrets are sealed at rest, and through which server mail leaves. The data folder may be there or not. */
export function keepSecrets({ secret, dataDir, smtp }: Settings): void {
  sealWith(secret ?? secretOf(resolve(dataDir)))
  connectMail(smtp)
}

function secretOf(folder: string): string {
  mkdirSync(folder, { recursive: true })
  return secretsIn(folder).signing
}
