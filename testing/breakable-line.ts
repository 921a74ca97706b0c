import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A line to a server on this machine that can be cut, as when the server is away, and mended. */
export interface BreakableLine {
  /** The same address as before, through the line. */
  readonly url: string
  cut(): void
  mend(): void
  close(): Promise<void>
}

export async function breakableLine(to: string): Promise<BreakableLine> {
  const target = new URL(to)
  const open = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect(Number(target.port), target.hostname)
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(end)
      end.on('error', () => other.destroy())
      end.on('close', () => {
        open.delete(end)
        other.destroy()
      })
      end.pipe(other)
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(to)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  const drop = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: url.href,
    cut: () => {
      isCut = true
      drop()
    },
    mend: () => (isCut = false),
    close: async () => {
      drop()
      server.close()
      await once(server, 'close')
    },
  }
}
