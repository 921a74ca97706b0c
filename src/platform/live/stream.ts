import type { ServerResponse } from 'node:http'
import type { Ctx } from '#platform/db/ctx.ts'
import { countUnread, noticesAfter } from '#platform/notify/index.ts'
import { mayWatch, progressOf } from './progress.ts'
import type { Signal } from './signals.ts'

/** One event as it is written: text lines that an EventSource reads. */
export function eventText(event: string, content: unknown, id?: number): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(content)}\n\n`
}

/** Where somebody who looks on live stands. */
export interface Standpoint {
  /** Number of the last notice that was sent. */
  readonly number: number
  readonly unread: number | undefined
}

/** What is new for an actor since, with the rights of now, and where they stand then. */
export async function newsFor(
  ctx: Ctx,
  from: Standpoint,
): Promise<{ readonly text: string; readonly standpoint: Standpoint; readonly hasMore: boolean }> {
  const { notices, last, hasMore } = await noticesAfter(ctx, from.number)
  const unread = await countUnread(ctx)
  const parts = notices.map((notice) => eventText('notice', notice, notice.number))
  if (unread !== from.unread) parts.push(eventText('unread', { unread }, last))
  return { text: parts.join(''), standpoint: { number: last, unread }, hasMore }
}

interface Follower {
  /** The actor as of now; undefined once the session is over. */
  ask(): Promise<Ctx | undefined>
  readonly out: ServerResponse
  readonly first: Ctx
  readonly from: Standpoint
}

// Who does not read what is sent is let go: they come back for it.
const mostWaitingBytes = 1_000_000

/** Writes what happens to one reader. One thing at a time: what comes meanwhile is looked at once, afterwards. */
export function makeStream({ ask, out, first, from }: Follower) {
  let standpoint = from
  let reader = first
  let isBusy = false
  let looksAtNotices = true
  const jobs = new Map<string, readonly [kind: string, id: string]>()

  const write = (text: string) => {
    if (text === '' || out.writableEnded) return
    out.write(text)
    if (out.writableLength > mostWaitingBytes) out.destroy()
  }
  const end = (text: string) => {
    write(text)
    out.end()
  }
  const look = async () => {
    const ctx = await ask()
    if (!ctx || ctx.company.id !== first.company.id) return end(eventText('ended', {}))
    reader = ctx
    if (looksAtNotices) {
      looksAtNotices = false
      const news = await newsFor(ctx, standpoint)
      standpoint = news.standpoint
      looksAtNotices ||= news.hasMore
      write(news.text)
    }
    for (const [key, [kind, id]] of jobs) {
      jobs.delete(key)
      const progress = await progressOf(ctx, kind, id)
      if (progress) write(eventText('progress', progress))
    }
  }
  const wake = async () => {
    if (isBusy) return
    isBusy = true
    try {
      let isDone = false
      while (!isDone && !out.writableEnded) {
        await look()
        isDone = !looksAtNotices && jobs.size === 0
      }
    } catch (error) {
      // The reader comes back; the database may be away for a moment.
      first.log.warn({ err: error }, 'a live stream ended')
      out.end()
    } finally {
      isBusy = false
    }
  }
  return {
    wake,
    beat: () => {
      write(': beat\n\n')
      looksAtNotices = true
      void wake()
    },
    hear: (signal: Signal | undefined) => {
      const isMine = signal?.person === first.actor.personId
      if (signal === undefined) looksAtNotices = true
      else if (signal.kind === 'notice' || signal.kind === 'ended') {
        if (!isMine) return
        looksAtNotices = true
      } else {
        // A job tells of every portion: whoever may not see it is not asked for anew each time.
        if (signal.id === null || !mayWatch(reader, signal.kind, signal.person)) return
        jobs.set(`${signal.kind} ${signal.id}`, [signal.kind, signal.id])
      }
      void wake()
    },
    end: () => end(''),
  }
}
