import type { LabelParams, Language } from '#base/label.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { enqueueJob, registerDailyJob, registerJob, type JobPayload } from '#platform/jobs/jobs.ts'
import { openSecret, sealSecret } from '#platform/secrets/seal-secret.ts'
import { dropOldMail, endMail, insertMail, mailOf, noteTry, type MailRow } from './mail-store.ts'
import { isMailConnected, postMail, type Posted } from './post-office.ts'
import { renderMail, type MailContent, type MailItem } from './render-mail.ts'
import { mailTemplate } from './template.ts'

export interface Mail {
  /** An e-mail address. */
  readonly to: string
  /** The reader's. */
  readonly language: Language
  /** Key of a registered template. */
  readonly template: string
  readonly params: LabelParams
  readonly items?: readonly MailItem[]
  /** After this it would be of no use, such as a link that has expired. */
  readonly usefulUntil?: Date
}

const sendTask = 'mail.send'

/**
 * Asks for a letter in the transaction of the act: it leaves once that is committed, and never if it is not, and is
 * tried again with growing pauses. Answers false, and does nothing, while no mail server is connected.
 */
export async function sendMail(step: Step, mail: Mail): Promise<boolean> {
  mailTemplate(mail.template)
  if (!isMailConnected()) return false
  const { language, params, items } = mail
  const content: MailContent = { language, params, ...(items ? { items } : {}) }
  const mailId = await insertMail(step, {
    template: mail.template,
    recipient: mail.to,
    sealed: sealSecret('mail', JSON.stringify(content)),
    usefulUntil: mail.usefulUntil ?? null,
  })
  // The queue is read by whoever looks after it: it names the letter and tells nothing of it.
  await enqueueJob(step, sendTask, { mailId })
  return true
}

/** Tells the queue how letters are sent. */
export function registerMailJobs(): void {
  registerJob(sendTask, sendOne, { isAwaited: true })
  registerDailyJob('mail.tidy', (ctx) => inStep(ctx, (step) => dropOldMail(step.tx)))
}

// The queue itself gives up after as many.
const mostTries = 25

/** May run twice where the process ends between the sending and its note: the letter then arrives twice, as one message. */
async function sendOne(ctx: Ctx, payload: JobPayload): Promise<void> {
  const id = String(payload['mailId'])
  const mail = await inView(ctx, (tx) => mailOf(tx, id))
  if (!mail || mail.state !== 'waiting') return
  const posted = await post(mail)
  if (posted.ok) return inStep(ctx, (step) => endMail(step.tx, id, 'sent', null))
  const isOver = posted.again === 'never' || mail.tries + 1 >= mostTries
  await inStep(ctx, (step) =>
    isOver ? endMail(step.tx, id, 'failed', posted.problem) : noteTry(step.tx, id, posted.problem),
  )
  ctx.log.warn({ mail: id, template: mail.template, problem: posted.problem, isOver }, 'a mail was not sent')
  if (!isOver) throw new Error(`mail ${id} was not sent: ${posted.problem}`)
}

async function post(mail: MailRow): Promise<Posted> {
  if (mail.isLate) return { ok: false, again: 'never', problem: 'TOO_LATE' }
  const content = contentOf(mail)
  if (!content) return { ok: false, again: 'never', problem: 'SECRET_CHANGED' }
  return postMail({ id: mail.id, to: mail.recipient, ...renderMail(mailTemplate(mail.template), content) })
}

/** Undefined where the installation's secret changed since: the letter cannot be read any more. */
function contentOf({ sealed }: MailRow): MailContent | undefined {
  const text = sealed === null ? undefined : openSecret('mail', sealed)
  return text === undefined ? undefined : (JSON.parse(text) as MailContent)
}
