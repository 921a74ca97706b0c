import { openAsBlob } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { AwsV4Signer } from 'aws4fetch'
import type { ArrivedFile, ContentPlace, ContentStore, KeptContent } from './content-store.ts'
import { readListing } from './read-listing.ts'

export interface S3Settings {
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly keyId: string
  readonly secret: string
  /** The bucket stands in the path, not before the host: what most stores of one's own need. */
  readonly isPathStyle: boolean
}

/** Keeps contents in a bucket of any store that speaks S3, one object each. Bytes are passed on as they come. */
export function s3Store(settings: S3Settings): ContentStore {
  const ask = (method: string, key: string, part: Part = {}) => askStore(settings, method, key, part)
  return {
    put: async (place, file) => {
      const answer = await ask('PUT', keyOf(place), { file })
      if (!answer.ok) throw await failure(answer)
      await answer.body?.cancel()
    },
    get: async (place, range) => {
      const headers = range ? { range: `bytes=${range.from}-${range.to}` } : {}
      const answer = await ask('GET', keyOf(place), { headers })
      if (answer.status === 404) {
        await answer.body?.cancel()
        return undefined
      }
      if (!answer.ok || !answer.body) throw await failure(answer)
      // The two names of one class: of the platform, and of the language's library.
      return Readable.fromWeb(answer.body as ReadableStream)
    },
    remove: async (place) => {
      const answer = await ask('DELETE', keyOf(place))
      if (!answer.ok && answer.status !== 404) throw await failure(answer)
      await answer.body?.cancel()
    },
    list: (companyId) => objectsOf(ask, `${companyId}/`),
  }
}

const keyOf = ({ companyId, name }: ContentPlace) => `${companyId}/${name}`

interface Part {
  readonly file?: ArrivedFile
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
}

const sha256OfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

async function askStore(settings: S3Settings, method: string, key: string, part: Part): Promise<Response> {
  const { region, keyId, secret } = settings
  const signer = new AwsV4Signer({
    method,
    url: addressOf(settings, key, part.query).href,
    headers: { ...part.headers, 'x-amz-content-sha256': part.file?.sha256 ?? sha256OfNothing },
    accessKeyId: keyId,
    secretAccessKey: secret,
    region,
    service: 's3',
  })
  const { url, headers } = await signer.sign()
  // A blob of a file is read while it is sent, and its length is known.
  const body = part.file ? { body: await openAsBlob(part.file.path) } : {}
  return fetch(url, { method, headers, ...body, signal: AbortSignal.timeout(longestWaitMs) })
}

/** Until the last byte: also a large file over a slow line. */
const longestWaitMs = 15 * 60_000

function addressOf({ endpoint, bucket, isPathStyle }: S3Settings, key: string, query: Part['query'] = {}): URL {
  const url = new URL(endpoint)
  const base = url.pathname.replace(/\/$/, '')
  if (isPathStyle) url.pathname = `${base}/${bucket}/${key}`
  else {
    url.hostname = `${bucket}.${url.hostname}`
    url.pathname = `${base}/${key}`
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

async function* objectsOf(
  ask: (method: string, key: string, part?: Part) => Promise<Response>,
  prefix: string,
): AsyncGenerator<KeptContent> {
  let next: string | undefined
  do {
    const more = next === undefined ? {} : { 'continuation-token': next }
    const answer = await ask('GET', '', { query: { 'list-type': '2', prefix, ...more } })
    if (!answer.ok) throw await failure(answer)
    const page = readListing(await answer.text())
    for (const { key, ...content } of page.contents) yield { ...content, name: key.slice(prefix.length) }
    next = page.next
  } while (next !== undefined)
}

async function failure(answer: Response): Promise<Error> {
  const text = (await answer.text().catch(() => '')).slice(0, 300)
  return new Error(`the store of files answered ${answer.status}: ${text}`)
}
