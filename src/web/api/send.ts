import type { Method } from '#engine/contract/route.ts'
import { ApiProblem } from './problem.ts'

export type QueryValues = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface SendInput {
  readonly query?: QueryValues
  readonly body?: unknown
  readonly signal?: AbortSignal
}

let acceptLanguage = 'zh-CN'

/** The language in which the server words its answers from now on. */
export function askInLanguage(tag: string): void {
  acceptLanguage = tag
}

/** What a request says of itself, whatever it carries. */
export const plainHeaders = (): Record<string, string> => ({
  accept: 'application/json',
  'accept-language': acceptLanguage,
})

function addressOf(path: string, query: QueryValues = {}): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value))
  }
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

async function answerOf(method: Method, path: string, input: SendInput): Promise<Response> {
  const headers = plainHeaders()
  const raw = input.body instanceof FormData ? input.body : undefined
  if (input.body !== undefined && !raw) headers['content-type'] = 'application/json'
  try {
    return await fetch(addressOf(path, input.query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(input.body === undefined ? {} : { body: raw ?? JSON.stringify(input.body) }),
      ...(input.signal ? { signal: input.signal } : {}),
    })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiProblem(0)
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  const text = await response.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiProblem(response.ok ? 502 : response.status)
  }
}

/**
 * Sends one request and answers its JSON. The caller names the shape: replies of our own server are trusted to follow
 * their contract, by which the server's acts are typed.
 */
export async function send<Reply>(method: Method, path: string, input: SendInput = {}): Promise<Reply> {
  const response = await answerOf(method, path, input)
  const json = await jsonOf(response)
  if (!response.ok) throw new ApiProblem(response.status, json ?? {})
  return json as Reply
}
