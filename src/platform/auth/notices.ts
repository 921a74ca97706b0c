import type { Label, Language } from '#base/label.ts'
import type { Step } from '#platform/db/step.ts'
import { registerMail, sendMail, type MailTemplate } from '#platform/mail/index.ts'

const closing: Label = {
  zh: '如果不是您本人操作，请立即联系公司管理员。',
  en: 'If this was not you, please tell an administrator of your company at once.',
}

const passwordChanged: MailTemplate = {
  key: 'sign-in.password-changed',
  subject: { zh: '您的梯田密码已修改', en: 'Your Terrace password was changed' },
  paragraphs: [
    { zh: '{name}，您好：', en: 'Dear {name},' },
    {
      zh: '您在“{company}”的登录密码刚刚被修改，其他设备上的登录已退出。',
      en: 'The password that you sign in to “{company}” with was changed just now; other devices were signed out.',
    },
  ],
  closing,
}

const secondFactorChanged: MailTemplate = {
  key: 'sign-in.second-factor-changed',
  subject: { zh: '您的两步验证已{change}', en: 'Your second factor was {change}' },
  paragraphs: [
    { zh: '{name}，您好：', en: 'Dear {name},' },
    {
      zh: '您在“{company}”登录时的两步验证刚刚已{change}。',
      en: 'The second factor with which you sign in to “{company}” was {change} just now.',
    },
  ],
  closing,
}

const changes = {
  on: { zh: '启用', en: 'switched on' },
  off: { zh: '停用', en: 'switched off' },
  reset: { zh: '由管理员重置', en: 'reset by an administrator' },
} as const satisfies Record<string, Label>

interface Reader {
  /** Null: nobody to write to. */
  readonly email: string | null
  readonly language: Language
  readonly name: string
}

/** Tells the owner of a login by mail, so that a change by somebody else is noticed. */
export async function tellOfPassword(step: Step, reader: Reader): Promise<void> {
  await tell(step, passwordChanged.key, reader, {})
}

export async function tellOfSecondFactor(step: Step, reader: Reader, change: keyof typeof changes): Promise<void> {
  await tell(step, secondFactorChanged.key, reader, { change: changes[change][reader.language] })
}

async function tell(step: Step, template: string, reader: Reader, params: Record<string, string>): Promise<void> {
  const { email, language, name } = reader
  if (email === null) return
  await sendMail(step, { to: email, language, template, params: { name, company: step.ctx.company.name, ...params } })
}

/** Tells the post what these letters say. */
export function registerSecurityNotices(): void {
  registerMail(passwordChanged, secondFactorChanged)
}
