import { z } from 'zod'
import { openSecret, sealSecret } from '#platform/secrets/seal-secret.ts'
import { hashToken } from './secret.ts'

const minutes = 10

const Challenge = z.object({
  loginId: z.string(),
  companyId: z.string(),
  personId: z.string(),
  way: z.enum(['password', 'link']),
  /** Of the password hash: with a new password the challenge is void. */
  mark: z.string(),
  /** What was typed, for the browser's mark. */
  identifier: z.string(),
  until: z.number(),
})
type Challenge = z.infer<typeof Challenge>

/** The question for the second factor, after the first was proved. The page carries it; nobody but us can read or make it. */
export function newChallenge(asked: Omit<Challenge, 'mark' | 'until'>, passwordHash: string, now: Date): string {
  const challenge: Challenge = { ...asked, mark: markOf(passwordHash), until: now.getTime() + minutes * 60_000 }
  return sealSecret('challenge', JSON.stringify(challenge))
}

/** What was asked; undefined once ten minutes passed, or for what we never asked. */
export function readChallenge(sealed: string, now: Date): Challenge | undefined {
  const text = openSecret('challenge', sealed)
  const challenge = text === undefined ? undefined : Challenge.parse(JSON.parse(text))
  return challenge && challenge.until > now.getTime() ? challenge : undefined
}

export function isStillOf(challenge: Challenge, passwordHash: string): boolean {
  return challenge.mark === markOf(passwordHash)
}

function markOf(passwordHash: string): string {
  return hashToken(passwordHash).slice(0, 16)
}
