import pg from 'pg'
import type { Logger } from 'pino'
import { passOn, passOnGap } from './signals.ts'

const channel = 'terrace_live'
const retryMs = 2000

/**
 * Listens to the database on a connection of its own, not by a pooler, and connects anew when it is lost. While it is,
 * those who look on live still look by themselves now and then.
 */
export function startListening({ url, log }: { readonly url: string; readonly log: Logger }): {
  /** Resolves once it hears. */
  readonly ready: Promise<void>
  stop(): Promise<void>
} {
  const first = Promise.withResolvers<void>()
  let isEnded = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined

  const again = (error?: Error) => {
    if (isEnded || timer) return
    log.warn({ why: error?.message }, 'the connection for live signals was lost')
    client?.removeAllListeners('end')
    void client?.end().catch(() => undefined)
    timer = setTimeout(() => {
      timer = undefined
      void open()
    }, retryMs)
  }
  const open = async () => {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true })
    client = fresh
    fresh.on('error', again)
    fresh.on('end', () => again())
    fresh.on('notification', ({ payload }) => passOn(payload ?? '{}'))
    try {
      await fresh.connect()
      await fresh.query(`listen ${channel}`)
      passOnGap()
      first.resolve()
    } catch (error) {
      again(error instanceof Error ? error : undefined)
    }
  }
  void open()
  return {
    ready: first.promise,
    stop: async () => {
      isEnded = true
      clearTimeout(timer)
      first.resolve()
      await client?.end().catch(() => undefined)
    },
  }
}
