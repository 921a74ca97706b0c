import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** What a sealed text is for: a text that was sealed for one purpose does not open for another. */
export type SealPurpose = 'mail' | 'second-factor' | 'challenge' | 'oidc' | 'device' | 'webhook' | 'robot' | 'workplace'

const ivBytes = 12
const tagBytes = 16

// Without the installation's secret what is sealed lives as long as the process: enough for tests.
let root: Buffer = randomBytes(32)
const keys = new Map<SealPurpose, Buffer>()

/** Seals with the installation's secret from now on; the app says so once at its start. */
export function sealWith(secret: string): void {
  root = Buffer.from(secret)
  keys.clear()
}

/**
 * Makes a text unreadable for whoever has the database or a backup but not the installation's secret (AES-256-GCM, the
 * key derived for the purpose). Letters, digits, `-` and `_`; the same text is sealed differently each time.
 */
export function sealSecret(purpose: SealPurpose, text: string): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', keyOf(purpose), iv)
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString('base64url')
}

/** The text that was sealed; undefined when it was sealed with another secret, for another purpose, or changed since. */
export function openSecret(purpose: SealPurpose, sealed: string): string | undefined {
  const whole = Buffer.from(sealed, 'base64url')
  if (whole.length < ivBytes + tagBytes) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(purpose), whole.subarray(0, ivBytes))
    decipher.setAuthTag(whole.subarray(ivBytes, ivBytes + tagBytes))
    return decipher.update(whole.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
  }
}

function keyOf(purpose: SealPurpose): Buffer {
  const known = keys.get(purpose)
  if (known) return known
  const key = Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `terrace ${purpose}`, 32))
  keys.set(purpose, key)
  return key
}
