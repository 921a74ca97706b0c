import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'

/** One event as it arrived. */
export interface Arrived {
  readonly event: string
  readonly id: string | undefined
  readonly content: any
}

export interface LiveStream {
  readonly response: IncomingMessage
  /** The next event of that name; those before it are passed over. */
  next(event: string): Promise<Arrived>
  /** All that arrived so far and was not asked for. */
  readonly waiting: readonly Arrived[]
  /** Resolves when the server ends it. */
  readonly ended: Promise<void>
  close(): void
}

/** Opens a stream of events as a browser does. */
export async function openStream(url: string, headers: Readonly<Record<string, string>>): Promise<LiveStream> {
  const waiting: Arrived[] = []
  const asking = new Set<() => void>()
  const ended = Promise.withResolvers<void>()
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(url, { headers: { accept: 'text/event-stream', ...headers } }, resolve)
    sent.on('error', reject)
    sent.end()
  })
  let text = ''
  response.setEncoding('utf8')
  response.on('data', (part: string) => {
    text += part
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    waiting.push(...blocks.flatMap(eventIn))
    asking.forEach((look) => look())
  })
  response.on('error', () => ended.resolve())
  response.on('close', () => ended.resolve())
  return {
    response,
    waiting,
    next: (event) =>
      new Promise((resolve) => {
        const look = () => {
          const at = waiting.findIndex((one) => one.event === event)
          const found = at < 0 ? undefined : waiting.splice(0, at + 1).at(-1)
          if (!found) return
          asking.delete(look)
          resolve(found)
        }
        asking.add(look)
        look()
      }),
    ended: ended.promise,
    close: () => response.destroy(),
  }
}

function eventIn(block: string): readonly Arrived[] {
  const lines = Object.fromEntries(
    block.split('\n').flatMap((line) => {
      const at = line.indexOf(': ')
      return at > 0 ? [[line.slice(0, at), line.slice(at + 2)]] : []
    }),
  )
  const { event, data, id } = lines
  return event && data ? [{ event, id, content: JSON.parse(data) }] : []
}
