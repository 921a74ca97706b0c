import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A letter as it arrived. */
export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly messageId: string
  readonly text: string
  readonly html: string
}

export interface MailServer {
  /** For SMTP_URL; a hanging server is given up soon. */
  readonly url: string
  readonly received: readonly ReceivedMail[]
  stop(): Promise<void>
}

/** A real SMTP server on loopback that keeps what it receives; the options refuse or delay. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const { mailFrom, rcptTo } = session.envelope
      const from = mailFrom ? mailFrom.address : ''
      const arrive = async () => {
        const raw = await textOf(stream)
        received.push({ ...readMail(raw), from, to: rcptTo.map((one) => one.address) })
        done()
      }
      void arrive()
    },
    ...options,
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}?socketTimeout=500&greetingTimeout=500&connectionTimeout=500`,
    received,
    stop: () => new Promise((stopped) => server.close(() => stopped())),
  }
}

/** The first link of a letter. */
export function linkIn({ text }: ReceivedMail): string {
  const [link] = /https?:\/\/\S+/.exec(text) ?? []
  if (link === undefined) throw new Error('the letter has no link')
  return link
}

function readMail(raw: string): Pick<ReceivedMail, 'subject' | 'messageId' | 'text' | 'html'> {
  const [head, ...parts] = raw.split(/\r\n--[-\w]+(?:--)?\r\n/)
  const bodyOf = (type: string) => {
    const part = parts.find((one) => one.includes(`Content-Type: ${type}`)) ?? ''
    const [headers = '', ...body] = part.split('\r\n\r\n')
    return decoded(body.join('\r\n\r\n'), /Transfer-Encoding: (\S+)/.exec(headers)?.[1] ?? '7bit')
  }
  return {
    subject: inWords(headerOf(head ?? '', 'Subject')),
    messageId: headerOf(head ?? '', 'Message-ID'),
    text: bodyOf('text/plain'),
    html: bodyOf('text/html'),
  }
}

function headerOf(head: string, name: string): string {
  return new RegExp(`^${name}: ((?:.|\\r\\n[ \\t])*)`, 'm').exec(head)?.[1]?.replace(/\r\n[ \t]/g, ' ') ?? ''
}

function decoded(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString()
  if (encoding !== 'quoted-printable') return body.replaceAll('\r\n', '\n')
  return quoted(body.replaceAll('=\r\n', '')).replaceAll('\r\n', '\n')
}

function quoted(text: string): string {
  const bytes = text.replace(/=([\dA-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}

/** Words beyond ASCII travel encoded (RFC 2047). */
function inWords(header: string): string {
  return header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_whole, kind: string, words: string) =>
      kind.toUpperCase() === 'B' ? Buffer.from(words, 'base64').toString() : quoted(words.replaceAll('_', ' ')),
    )
}
