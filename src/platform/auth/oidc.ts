import * as client from 'openid-client'
import { fetchOutside } from '#platform/outside/fetch-outside.ts'
import { isLoopbackName } from './settings.ts'

/** How a company is known at its identity provider. */
export interface OidcClient {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
}

/** What must come back with the answer: kept sealed in the browser that asked. */
export interface OidcQuestion {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Whom the provider vouches for. */
export interface OidcIdentity {
  readonly issuer: string
  readonly subject: string
  readonly email: string | null
  readonly isEmailVerified: boolean
  readonly name: string | null
}

/** The provider is asked for no longer than this. */
const timeoutSeconds = 10

/** Where to send the browser, and what must come back with the answer. */
export async function askProvider(
  at: OidcClient,
  redirectUrl: string,
): Promise<{ readonly url: string; readonly question: OidcQuestion }> {
  const config = await discover(at)
  const question = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
  }
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUrl,
    scope: 'openid email profile',
    state: question.state,
    nonce: question.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(question.verifier),
    code_challenge_method: 'S256',
  })
  return { url: url.href, question }
}

/** Trades the provider's answer for who it vouches for; throws where anything about the answer is not as it was asked. */
export async function readAnswer(at: OidcClient, answered: URL, question: OidcQuestion): Promise<OidcIdentity> {
  const config = await discover(at)
  const tokens = await client.authorizationCodeGrant(config, answered, {
    pkceCodeVerifier: question.verifier,
    expectedState: question.state,
    expectedNonce: question.nonce,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims) throw new Error('the answer has no identity')
  // Many providers leave the e-mail out of the token itself.
  const more = claims['email'] === undefined ? await client.fetchUserInfo(config, tokens.access_token, claims.sub) : {}
  const all: Readonly<Record<string, unknown>> = { ...more, ...claims }
  return {
    issuer: claims.iss,
    subject: claims.sub,
    email: textOf(all['email'])?.toLowerCase() ?? null,
    isEmailVerified: all['email_verified'] === true || all['email_verified'] === 'true',
    name: textOf(all['name']) ?? textOf(all['preferred_username']),
  }
}

/** Asks the provider for its own description; answers the issuer that it names. Throws where it cannot be had. */
export async function tryProvider(issuer: string): Promise<string> {
  const config = await discover({ issuer, clientId: 'none', clientSecret: 'none' })
  return config.serverMetadata().issuer
}

/** Why a provider did not answer as it should, as a code; its own words may repeat a secret. */
export function oidcProblem(error: unknown): string {
  const chain = [error, (error as { cause?: unknown } | null)?.cause]
  for (const each of chain.toReversed()) {
    if (typeof each !== 'object' || each === null) continue
    const { code, error: answered, status } = each as Record<string, unknown>
    for (const found of [answered, code, status]) {
      if (typeof found === 'string' || typeof found === 'number') return String(found).slice(0, 80)
    }
  }
  return 'UNKNOWN'
}

/** Asked like every other system outside; plain http is for a provider on this very machine only, where calls may lead there. */
async function discover({ issuer, clientId, clientSecret }: OidcClient): Promise<client.Configuration> {
  const server = new URL(issuer)
  const isLocal = server.protocol === 'http:' && isLoopbackName(server.hostname)
  const options = {
    timeout: timeoutSeconds,
    [client.customFetch]: fetchOutside,
    ...(isLocal ? { execute: [client.allowInsecureRequests] } : {}),
  }
  const config = await client.discovery(server, clientId, clientSecret, undefined, options)
  // Without a word about it the standard means the header.
  const ways = config.serverMetadata().token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  if (ways.includes('client_secret_post')) return config
  const byHeader = client.ClientSecretBasic(clientSecret)
  return client.discovery(server, clientId, clientSecret, byHeader, options)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : null
}
