import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** Somebody whom the provider knows; signs in by the subject, with any password. */
export interface KnownPerson {
  readonly subject: string
  readonly email?: string
  readonly isEmailVerified?: boolean
  readonly name?: string
}

export interface IdentityProvider {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  stop(): Promise<void>
}

interface ProviderOptions {
  readonly redirectUrl: string
  readonly people: readonly KnownPerson[]
  /** How the client proves itself; the provider takes no other way. */
  readonly clientAuth?: 'client_secret_post' | 'client_secret_basic'
}

/** A real OpenID Connect provider on loopback, with pages of its own for sign-in and consent. PKCE is required. */
export async function startIdentityProvider(options: ProviderOptions): Promise<IdentityProvider> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const clientAuth = options.clientAuth ?? 'client_secret_post'
  const [clientId, clientSecret] = ['terrace', 'a secret between the two of us']
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [options.redirectUrl],
        token_endpoint_auth_method: clientAuth,
      },
    ],
    clientAuthMethods: [clientAuth],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['of the test'] },
    findAccount: (_ctx, subject) => {
      const person = options.people.find((one) => one.subject === subject)
      if (!person) return undefined
      return {
        accountId: subject,
        claims: () => ({
          sub: subject,
          email: person.email,
          email_verified: person.isEmailVerified ?? true,
          name: person.name,
        }),
      }
    },
  })
  server.on('request', provider.callback())
  return {
    ...{ issuer, clientId, clientSecret },
    stop: () => {
      server.closeAllConnections()
      return new Promise((stopped) => server.close(() => stopped()))
    },
  }
}

/** Signs in at the provider as a browser would, and answers the address to which it sends the browser back. */
export async function signInAt(url: string, subject: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let next = new URL(url)
  let form: URLSearchParams | undefined
  for (let turn = 0; turn < 12; turn += 1) {
    const answer = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    if (location !== null) {
      const there = new URL(location, next)
      if (there.origin !== next.origin) return there
      next = there
      form = undefined
      continue
    }
    const page = await answer.text()
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1]
    if (action === undefined) throw new Error(`the provider answers ${answer.status}: ${page.slice(0, 300)}`)
    const prompt = page.includes('value="login"') ? 'login' : 'consent'
    next = new URL(action, next)
    form = new URLSearchParams({ prompt, ...(prompt === 'login' ? { login: subject, password: 'any' } : {}) })
  }
  throw new Error('the provider goes in circles')
}
