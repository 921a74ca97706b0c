import { createClient, createConfig } from './generated/client/index.ts'

export * from './generated/index.ts'

export interface Connection {
  /** Where Terrace is, e.g. `https://crm.example.com`. */
  readonly url: string
  /** An API key, made on the page “API keys”. */
  readonly apiKey: string
  /** Language of texts for people; English unless told. */
  readonly language?: 'zh' | 'en'
  /** For tests and proxies. */
  readonly fetch?: typeof globalThis.fetch
}

/** A client of one Terrace, to be handed to every call as `client`. */
export function connectTerrace({ url, apiKey, language = 'en', fetch }: Connection) {
  return createClient(
    createConfig({
      baseUrl: url.replace(/\/+$/, ''),
      headers: { authorization: `Bearer ${apiKey}`, 'accept-language': language },
      ...(fetch ? { fetch } : {}),
    }),
  )
}
