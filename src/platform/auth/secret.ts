import { createHash, randomBytes, randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** argon2id with the parameters that OWASP recommends: 19 MiB, two passes. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost)
}

export function isPassword(password: string, hashed: string): Promise<boolean> {
  return verify(hashed, password.normalize('NFKC'))
}

let decoy: Promise<string> | undefined

/** Takes as long as checking a real password, so that an unknown login cannot be told by the clock. */
export async function checkAgainstNobody(password: string): Promise<false> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'))
  await isPassword(password, await decoy)
  return false
}

/** 256 random bits for a session; only its hash is kept. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url')
}

/** API keys are recognisable, so that a scanner of leaked secrets can find them. */
export function newApiKey(): string {
  return `terrace_${randomBytes(32).toString('base64url')}`
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

// Without letters and digits that look alike, because people read these aloud.
const readable = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Groups of four letters and digits: `x4km-9tqa-…`; each group is worth 19 random bits. */
export function readableSecret(groups: number): string {
  const group = () => Array.from({ length: 4 }, () => readable[randomInt(readable.length)]).join('')
  return Array.from({ length: groups }, group).join('-')
}

/** Twelve characters, shown once to the administrator. */
export function newOneTimePassword(): string {
  return readableSecret(3)
}
