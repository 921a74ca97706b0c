import type { Timings } from './timings.ts'

/** What a person looks at in an answer; others have other parts. */
export interface Answer {
  readonly permissions?: readonly string[]
  readonly rows?: readonly Row[]
  readonly cursor?: string | null
}

interface Row {
  readonly id: string
  readonly account?: string | null
}

/** One person's browser: a cookie, an address of its own, and a clock on every request. */
export interface Browser {
  /** Asks and answers the parsed body; undefined where it went wrong, which is written down. */
  ask(what: string, method: string, path: string, body?: unknown): Promise<Answer | undefined>
  /** Several requests at the same time, as a page has them. */
  page(...requests: readonly Promise<unknown>[]): Promise<void>
  /** Keeps the live connection of an open page until the page is left. */
  listen(left: AbortSignal): Promise<void>
}

export function openBrowser(url: string, address: string, timings: Timings): Browser {
  const cookies = new Map<string, string>()
  const keep = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }
  const headers = () => ({
    cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    'accept-language': 'zh-CN',
    // The server stands behind a proxy of its own network, as in a company.
    'x-forwarded-for': address,
    origin: url,
  })
  return {
    ask: async (what, method, path, body) => {
      const startedAt = performance.now()
      try {
        const answer = await fetch(`${url}/api/v1${path}`, {
          method,
          headers: { ...headers(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        const text = await answer.text()
        timings.note(what, performance.now() - startedAt)
        keep(answer)
        if (answer.ok) return (text === '' ? {} : JSON.parse(text)) as Answer
        timings.fail(what, `${method} ${path} ${answer.status} ${text.slice(0, 200)}`)
      } catch (error) {
        timings.note(what, performance.now() - startedAt)
        timings.fail(what, `${method} ${path} ${String(error)}`)
      }
      return undefined
    },
    listen: async (left) => {
      const startedAt = performance.now()
      try {
        const answer = await fetch(`${url}/api/v1/live`, {
          headers: { ...headers(), accept: 'text/event-stream' },
          signal: left,
        })
        timings.note('live', performance.now() - startedAt)
        if (!answer.ok || answer.body === null) return timings.fail('live', `${answer.status}`)
        for await (const _ of answer.body) continue
        timings.fail('live', 'the server ended the connection')
      } catch (error) {
        if (!left.aborted) timings.fail('live', String(error))
      }
    },
    page: async (...requests) => void (await Promise.all(requests)),
  }
}
