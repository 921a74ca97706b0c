import { Writable } from 'node:stream'
import { pino, type Logger } from 'pino'

/** A log that keeps every line, down to the finest level. */
export function logSink(): { readonly log: Logger; text(): string } {
  const lines: string[] = []
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk))
      done()
    },
  })
  return { log: pino({ level: 'trace' }, sink), text: () => lines.join('') }
}
