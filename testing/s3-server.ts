import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface S3Server {
  readonly endpoint: string
  /** What lies in the bucket, by key. */
  readonly objects: Map<string, Buffer>
  /** Requests that were refused, and why. */
  readonly refusals: string[]
  stop(): Promise<void>
}

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

interface Keys {
  readonly keyId: string
  readonly secret: string
  readonly bucket: string
  readonly pageSize?: number
}

/**
 * A store that speaks as much of S3 as we ask for, and believes no signature that it has not worked out itself, by the
 * description of version 4 and not by the library that makes ours.
 */
export async function startS3Server({ keyId, secret, bucket, pageSize = 1000 }: Keys): Promise<S3Server> {
  const objects = new Map<string, Buffer>()
  const refusals: string[] = []
  const server: Server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => response.destroy(error as Error))
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await whole(request)
    const why = faultOf(request, body, keyId, secret)
    if (why) return refuse(response, why)
    const url = new URL(request.url ?? '/', 'http://store')
    if (!url.pathname.startsWith(`/${bucket}/`)) return refuse(response, 'NoSuchBucket')
    const key = decodeURIComponent(url.pathname.slice(bucket.length + 2))
    if (request.method === 'PUT') objects.set(key, body)
    else if (request.method === 'DELETE') objects.delete(key)
    else if (key === '') return void response.end(listing(url.searchParams))
    else return send(response, objects.get(key), request.headers.range)
    response.statusCode = request.method === 'DELETE' ? 204 : 200
    response.end()
  }

  function refuse(response: ServerResponse, why: string): void {
    refusals.push(why)
    response.statusCode = 403
    response.end(`<Error><Code>${why}</Code></Error>`)
  }

  function listing(query: URLSearchParams): string {
    const after = query.get('continuation-token') ?? ''
    const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after).sort()
    const page = keys.slice(0, pageSize)
    const more = keys.length > page.length ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
    const contents = page.map(
      (key) =>
        `<Contents><Key>${key}</Key><LastModified>2026-06-01T00:00:00.000Z</LastModified><Size>${objects.get(key)?.length}</Size></Contents>`,
    )
    return `<?xml version="1.0"?><ListBucketResult>${contents.join('')}${more}</ListBucketResult>`
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    refusals,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function whole(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function send(response: ServerResponse, content: Buffer | undefined, range: string | undefined): void {
  if (!content) {
    response.statusCode = 404
    return void response.end('<Error><Code>NoSuchKey</Code></Error>')
  }
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? []
  response.statusCode = range ? 206 : 200
  response.end(range ? content.subarray(Number(from), Number(to) + 1) : content)
}

/** What is wrong with the signature of a request; undefined if nothing is. */
function faultOf(request: IncomingMessage, body: Buffer, keyId: string, secret: string): string | undefined {
  const claim =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    )
  const [, claimedKey, day = '', region = '', signed = '', signature] = claim ?? []
  if (claimedKey !== keyId) return 'InvalidAccessKeyId'
  if (request.headers['x-amz-content-sha256'] !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  if (request.method === 'PUT' && Number(request.headers['content-length']) !== body.length)
    return 'MissingContentLength'
  const url = new URL(request.url ?? '/', 'http://store')
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
  const names = signed.split(';')
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.includes(name))) return 'UnsignedHeaders'
  const at = String(request.headers['x-amz-date'])
  const canonical = [
    request.method,
    url.pathname,
    query.join('&'),
    ...names.map((name) => `${name}:${String(request.headers[name]).trim()}`),
    '',
    signed,
    sha256(body),
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n')
  const key = ['s3', 'aws4_request'].reduce(hmac, hmac(hmac(`AWS4${secret}`, day), region))
  return hmac(key, text).toString('hex') === signature ? undefined : 'SignatureDoesNotMatch'
}
