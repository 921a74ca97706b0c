import { randomBytes } from 'node:crypto'
import { Webhook as Signer } from 'standardwebhooks'
import { openSecret } from '#platform/secrets/seal-secret.ts'
import type { Webhook } from './webhook-store.ts'

/** A secret as Standard Webhooks writes it: 256 random bits. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

/** The headers of one message, signed with the secret, and with the one before while that still holds. */
export function signedHeaders(
  hook: Pick<Webhook, 'sealedSecret' | 'sealedFormer' | 'formerUntil'>,
  { id, at, body }: { readonly id: string; readonly at: Date; readonly body: string },
): Readonly<Record<string, string>> | undefined {
  const former = hook.sealedFormer !== null && hook.formerUntil !== null && hook.formerUntil > at
  const sealed = former && hook.sealedFormer !== null ? [hook.sealedSecret, hook.sealedFormer] : [hook.sealedSecret]
  const secrets = sealed.map((one) => openSecret('webhook', one))
  const known = secrets.filter((secret) => secret !== undefined)
  if (known.length < secrets.length) return undefined
  return {
    'content-type': 'application/json; charset=utf-8',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': known.map((secret) => new Signer(secret).sign(id, at, body)).join(' '),
  }
}
