import { createContext, use, useEffect, useEffectEvent, useMemo, useRef, useState, type ReactNode } from 'react'
import type { Progress, ProgressKind } from '#engine/contract/live.ts'
import { liveRoute } from '#engine/contract/live.ts'
import type { NoticeView } from '#engine/contract/notices.ts'

/** What arrives while a page is open. `again`: the connection is there again, something may have been missed. */
export type LiveEvent =
  | { readonly kind: 'notice'; readonly notice: NoticeView }
  | { readonly kind: 'unread'; readonly unread: number }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'again' }

type Hear = (event: LiveEvent) => void

interface Live {
  readonly isLive: boolean
  subscribe(hear: Hear): () => void
}

const LiveContext = createContext<Live>({ isLive: false, subscribe: () => () => undefined })

/** A hidden page lets go of its connection after so long: a browser has few for one server. */
const hiddenMs = 30_000

/** Keeps one connection to the server for as long as the page is looked at; everything below may listen. */
export function LiveProvider({ onEnded, children }: { readonly onEnded: () => void; readonly children: ReactNode }) {
  const [isLive, setLive] = useState(false)
  const listeners = useRef(new Set<Hear>())
  const end = useEffectEvent(onEnded)
  useEffect(() => {
    const tell: Hear = (event) => listeners.current.forEach((hear) => hear(event))
    return follow({ tell, setLive, end: () => end() })
  }, [])
  const live = useMemo<Live>(
    () => ({
      isLive,
      subscribe: (hear) => {
        listeners.current.add(hear)
        return () => void listeners.current.delete(hear)
      },
    }),
    [isLive],
  )
  return <LiveContext value={live}>{children}</LiveContext>
}

interface Following {
  readonly tell: Hear
  readonly setLive: (isLive: boolean) => void
  readonly end: () => void
}

/** Connects while the page is visible; the browser itself comes back after a lost connection. */
function follow({ tell, setLive, end }: Following): () => void {
  if (typeof EventSource === 'undefined') return () => undefined
  let source: EventSource | undefined
  let hiding: number | undefined
  const close = () => {
    source?.close()
    source = undefined
    setLive(false)
  }
  const open = () => {
    if (source) return
    const opened = new EventSource(liveRoute.path)
    source = opened
    const on = (name: string, hear: (text: string) => void) =>
      opened.addEventListener(name, (event: MessageEvent<string>) => hear(event.data))
    opened.addEventListener('open', () => {
      setLive(true)
      tell({ kind: 'again' })
    })
    opened.addEventListener('error', () => setLive(false))
    // The server follows its own contract.
    on('notice', (text) => tell({ kind: 'notice', notice: JSON.parse(text) as NoticeView }))
    on('unread', (text) => tell({ kind: 'unread', unread: (JSON.parse(text) as { unread: number }).unread }))
    on('progress', (text) => tell({ kind: 'progress', progress: JSON.parse(text) as Progress }))
    on('ended', () => {
      close()
      end()
    })
  }
  const look = () => {
    window.clearTimeout(hiding)
    if (document.visibilityState === 'visible') open()
    else hiding = window.setTimeout(close, hiddenMs)
  }
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    document.removeEventListener('visibilitychange', look)
    window.clearTimeout(hiding)
    close()
  }
}

/** Hears what arrives for as long as the component is there. */
export function useLiveEvents(hear: Hear): void {
  const { subscribe } = use(LiveContext)
  const hearNow = useEffectEvent(hear)
  useEffect(() => subscribe((event) => hearNow(event)), [subscribe])
}

/** While live, asking again and again is only a safety net. */
const netMs = 10_000
/** Portions may follow each other faster than anybody reads. */
const breathMs = 300

/**
 * Looks again when a long job of a kind gets on. Answers after how many milliseconds to ask anyway: seldom while live,
 * as often as `pollMs` says otherwise.
 */
export function useLiveProgress(kind: ProgressKind, pollMs: number, look: () => void): number {
  const { isLive } = use(LiveContext)
  const waiting = useRef<number | undefined>(undefined)
  useEffect(() => () => window.clearTimeout(waiting.current), [])
  useLiveEvents((event) => {
    if (event.kind !== 'progress' || event.progress.kind !== kind || waiting.current !== undefined) return
    waiting.current = window.setTimeout(() => {
      waiting.current = undefined
      look()
    }, breathMs)
  })
  return isLive ? Math.max(netMs, pollMs) : pollMs
}
