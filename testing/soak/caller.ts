import { setTimeout as pause } from 'node:timers/promises'
import type { Supervised } from './supervised.ts'

export interface Told {
  readonly status: number
  /** The parsed answer. Whoever asked knows its shape. */
  readonly body: any
}

/** One program that works with the server over HTTP and does not know when it is killed. */
export interface Caller {
  /** Asks until there is an answer. Only for questions. */
  read(method: string, path: string, body?: unknown): Promise<Told>
  /**
   * Has something done once, whatever happens meanwhile: where no answer came, or one that says that the server cannot
   * now, `find` looks whether it was done before it is tried again.
   */
  once<T>(act: () => Promise<Told | undefined>, find: () => Promise<T | undefined>): Promise<T | Told>
  /** Asks once; undefined where no answer came. */
  send(method: string, path: string, body?: unknown): Promise<Told | undefined>
}

/** What callers met with, all together. */
export interface Weather {
  /** Answers by status. */
  readonly answers: Map<number, number>
  /** Requests to which no answer came. */
  unanswered: number
  /** Acts of which it was not known whether they were done. */
  doubts: number
  /** Of these, those that had been done. */
  doubtsDone: number
  /** Answers that are nobody's fault but ours, or that nothing explains. */
  readonly surprises: string[]
}

export const fairWeather = (): Weather => ({
  answers: new Map(),
  unanswered: 0,
  doubts: 0,
  doubtsDone: 0,
  surprises: [],
})

export function callerOf(server: Supervised, key: string, address: string, weather: Weather): Caller {
  const send = async (method: string, path: string, body?: unknown): Promise<Told | undefined> => {
    const told = await ask(method, path, body)
    if (!told) weather.unanswered += 1
    else weather.answers.set(told.status, (weather.answers.get(told.status) ?? 0) + 1)
    if (told && !isUnderstood(told)) {
      weather.surprises.push(`${method} ${path}: ${told.status} ${JSON.stringify(told.body).slice(0, 300)}`)
    }
    return told
  }
  const ask = async (method: string, path: string, body: unknown): Promise<Told | undefined> => {
    try {
      const answer = await fetch(`${server.url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          'accept-language': 'en',
          'x-forwarded-for': address,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, body: text === '' ? null : JSON.parse(text) }
    } catch {
      return undefined
    }
  }
  const read = async (method: string, path: string, body?: unknown): Promise<Told> => {
    for (;;) {
      const told = await send(method, path, body)
      if (told && told.status < 500) return told
      await pause(50)
    }
  }
  return {
    send,
    read,
    once: async (act, find) => {
      for (;;) {
        const told = await act()
        if (told && told.status < 500) return told
        weather.doubts += 1
        await server.ready()
        const found = await find()
        if (found !== undefined) {
          weather.doubtsDone += 1
          return found
        }
      }
    },
  }
}

/** Done, or a refusal of a server that is just going down or coming up, which says when to come again. */
function isUnderstood({ status, body }: Told): boolean {
  return (status >= 200 && status < 300) || (status === 503 && typeof body?.code === 'string')
}
