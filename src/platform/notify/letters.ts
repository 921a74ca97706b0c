import { inWords, type Label } from '#base/label.ts'
import { noticeGroups, type NoticeGroup, type NoticeView } from '#engine/contract/notices.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { contextOfPerson } from '#platform/db/system.ts'
import { addressOf } from '#platform/outside/public-address.ts'
import { registerLane } from '#platform/lanes/index.ts'
import { registerMail, sendMail, type MailTemplate } from '#platform/mail/index.ts'
import { noticeKind } from './kinds.ts'
import { dropLetters, dueLetters, languageOfPerson, letterLane, mailAddressOf, nextLetterAt } from './letter-store.ts'
import { noticesInWords } from './read-notices.ts'

const closing: Label = {
  zh: '在 Terrace 的“通知”页可以选择哪些事用邮件告诉您，以及何时。',
  en: 'On the page “Notices” of Terrace you choose what is told by mail, and when.',
}
const action: Label = { zh: '在 Terrace 中查看', en: 'Open in Terrace' }

const templates = [
  {
    key: 'notice.one',
    subject: { zh: '{text}', en: '{text}' },
    paragraphs: [{ zh: '{said}', en: '{said}' }],
    action,
    closing,
  },
  {
    key: 'notice.several',
    subject: { zh: '{company}：{n} 条通知', en: '{company}: {n} notices' },
    paragraphs: [{ zh: '{name}，您有 {n} 条未读通知：', en: '{name}, you have {n} unread notices:' }],
    action,
    closing,
  },
] as const satisfies readonly MailTemplate[]

const groupNames: Readonly<Record<NoticeGroup, Label>> = {
  talk: { zh: '交流', en: 'Talk' },
  records: { zh: '记录', en: 'Records' },
  targets: { zh: '目标与业绩', en: 'Targets and results' },
  work: { zh: '后台任务', en: 'Long jobs' },
  care: { zh: '系统与安全', en: 'System and security' },
}

/** Letters about notices: each when its hour has come, those of one hour together. */
export function registerLetters(): void {
  registerMail(...templates)
  registerLane(letterLane, { work: writeLetters, nextAt: nextLetterAt, mostAtOnce: 4 })
}

/** Reads first and writes then: a step that waits for another connection while it holds its own may wait for ever. */
async function writeLetters(system: Ctx, personId: string): Promise<void> {
  const person = await contextOfPerson(system, personId)
  const { language, to, due } = await inView(system, async (tx) => ({
    language: await languageOfPerson(tx, system, personId),
    to: await mailAddressOf(tx, system, personId),
    due: await dueLetters(tx, system, personId),
  }))
  const reader = person && { ...person, language }
  const found = reader && to !== null ? await noticesInWords(reader, due) : []
  // What was read in the app meanwhile need not be said again.
  const unread = found.filter(({ isRead }) => !isRead)
  await inStep(system, async (step) => {
    await dropLetters(step, due)
    if (reader && to !== null) await sendLetter(step, reader, to, unread)
  })
}

async function sendLetter(step: Step, reader: Ctx, to: string, unread: readonly NoticeView[]): Promise<void> {
  const [first] = unread
  if (!first) return
  const { language } = reader
  if (unread.length === 1) {
    const said = first.quote === null ? first.text : `${first.text}\n\n${first.quote}`
    const params = { text: first.text, said, link: addressOf(pathOf(first)) ?? '' }
    await sendMail(step, { to, language, template: 'notice.one', params })
    return
  }
  const link = addressOf('/notices') ?? ''
  const params = { n: unread.length, name: reader.actor.name, company: reader.company.name, link }
  await sendMail(step, { to, language, template: 'notice.several', params, items: itemsOf(reader, unread) })
}

/** In groups, each line saying which. */
function itemsOf({ language }: Ctx, notices: readonly NoticeView[]) {
  const groupOf = ({ kind }: NoticeView): NoticeGroup => noticeKind(kind)?.group ?? 'care'
  return noticeGroups.flatMap((group) =>
    notices
      .filter((notice) => groupOf(notice) === group)
      .map((notice) => {
        const link = addressOf(pathOf(notice))
        const text = `${inWords(groupNames[group], language)} · ${notice.text}${notice.quote ? `：${notice.quote}` : ''}`
        return link === null ? { text } : { text, link }
      }),
  )
}

const pathOf = ({ object, recordId, page }: NoticeView): string =>
  recordId === null ? (page ?? '/notices') : `/records/${object}/${recordId}`
