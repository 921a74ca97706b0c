import { createTransport } from 'nodemailer'
import type { RenderedMail } from './render-mail.ts'

/** The mail server of the installation, as its settings name it. */
export interface MailSettings {
  /** `smtp://user:password@host:port`, or `smtps:`; timeouts may follow as a query. */
  readonly url: string
  /** Who letters come from: `Terrace <crm@company.example>`. */
  readonly from: string
}

/** What a try came to: `later` is tried again, `never` is not, such as an address that does not exist. */
export type Posted =
  { readonly ok: true } | { readonly ok: false; readonly again: 'later' | 'never'; readonly problem: string }

interface PostOffice {
  readonly from: string
  post(mail: RenderedMail & { readonly to: string; readonly id: string }): Promise<Posted>
}

let office: PostOffice | undefined

/** Letters leave through this server from now on; null: none does. The app says so once at its start. */
export function connectMail(settings: MailSettings | null): void {
  office = settings ? openOffice(settings) : undefined
}

export function isMailConnected(): boolean {
  return office !== undefined
}

/** Who letters come from; null while no server is connected. */
export function mailSender(): string | null {
  return office?.from ?? null
}

export async function postMail(mail: RenderedMail & { readonly to: string; readonly id: string }): Promise<Posted> {
  return office ? office.post(mail) : { ok: false, again: 'later', problem: 'NOT_CONNECTED' }
}

// A server that hangs holds up one job, and not for long.
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 } as const

function openOffice({ url, from }: MailSettings): PostOffice {
  const asked = new URL(url)
  for (const [name, ms] of Object.entries(patience)) {
    if (!asked.searchParams.has(name)) asked.searchParams.set(name, String(ms))
  }
  const transport = createTransport(asked.href)
  return {
    from,
    post: async ({ to, id, subject, text, html }) => {
      try {
        await transport.sendMail({
          ...{ from, to, subject, text, html },
          // The same at every try, so that a mailbox shows it once when the answer to the first was lost.
          messageId: `<${id}@terrace>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          disableFileAccess: true,
          disableUrlAccess: true,
        })
        return { ok: true }
      } catch (error) {
        return refusalOf(error)
      }
    },
  }
}

/** The server's own words may repeat the letter or a password; only their code is kept. */
function refusalOf(error: unknown): Posted {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown }
  const isFinal = typeof responseCode === 'number' && responseCode >= 500 && code !== 'EAUTH'
  const problem = typeof responseCode === 'number' ? String(responseCode) : typeof code === 'string' ? code : 'UNKNOWN'
  return { ok: false, again: isFinal ? 'never' : 'later', problem }
}
