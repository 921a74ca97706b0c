import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { faultOfAddress, lookupOutside, problemOfCall, type CallProblem } from './post.ts'

const mostBytes = 1_000_000

interface Asked {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** Text or a form. */
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/**
 * Like `fetch`, for libraries that take one, but only where calls may lead: not to this machine and private networks,
 * unless the settings allow it. Redirects are not followed. Throws an error whose `code` is a CallProblem.
 */
export async function fetchOutside(address: string, { method, headers, body, signal }: Asked): Promise<Response> {
  if (faultOfAddress(address) !== undefined) throw failed('private-address')
  const url = new URL(address)
  const bytes = Buffer.from(textOf(body))
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(failed(problemOfCall(error)))
    const asked = send(url, {
      method,
      agent: false,
      lookup: lookupOutside,
      ...(signal ? { signal } : {}),
      headers: { ...headers, 'content-length': String(bytes.length) },
    })
    asked.on('error', fail)
    asked.on('response', (answer) => {
      const parts: Buffer[] = []
      let size = 0
      answer.on('data', (part: Buffer) => {
        parts.push(part)
        size += part.length
        if (size > mostBytes) answer.destroy(new Error('the answer is too long'))
      })
      answer.on('error', fail)
      answer.on('end', () => {
        const { statusCode: status = 0, headersDistinct } = answer
        const pairs = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
          values.map((value): [string, string] => [name, value]),
        )
        resolve(new Response(size === 0 ? null : Buffer.concat(parts), { status, headers: pairs }))
      })
    })
    asked.end(bytes)
  })
}

function textOf(body: unknown): string {
  if (body === undefined || body === null) return ''
  if (typeof body === 'string' || body instanceof URLSearchParams) return body.toString()
  throw new TypeError('only text and forms are sent')
}

function failed(code: CallProblem): Error {
  return Object.assign(new Error(`the call failed: ${code}`), { code })
}
