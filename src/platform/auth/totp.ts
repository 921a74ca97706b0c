import { generateSecret, generateURI, verify } from 'otplib'

/** A phone's clock may be off by this much, either way. */
const toleranceSeconds = 30
const stepSeconds = 30

/** A new secret, in the letters that authenticator apps take. */
export function newTotpSecret(): string {
  return generateSecret()
}

/** What the app reads from the picture: whose code it is, and the secret. */
export function totpAddress(secret: string, who: { readonly company: string; readonly login: string }): string {
  return generateURI({ issuer: `Terrace ${who.company}`, label: who.login, secret })
}

/**
 * The half minute that a code belongs to, counted from 1970, if the code is right and later than the last one taken;
 * undefined: wrong, or used before.
 */
export async function totpStep(
  code: string,
  { secret, lastStep, now }: { readonly secret: string; readonly lastStep: number; readonly now: Date },
): Promise<number | undefined> {
  if (!/^\d{6}$/.test(code)) return undefined
  const epoch = Math.floor(now.getTime() / 1000)
  const found = await verify({ secret, token: code, epoch, epochTolerance: toleranceSeconds })
  if (!found.valid) return undefined
  const step = Math.floor(epoch / stepSeconds) + found.delta
  return step > lastStep ? step : undefined
}
